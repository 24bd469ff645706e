/** Most numbers that a parser makes room for by default: 2^28, 1 GiB of float32. */
export const MAX_ELEMENTS = 2 ** 28;

/** Most dimensions of an array; NumPy's own limit was 32. */
export const MAX_DIMENSIONS = 32;

/** Longest NPY header by default. An honest one has about 100 bytes. */
export const MAX_NPY_HEADER_BYTES = 65_536;

/** Longest safetensors header by default: that of the reference implementation. */
export const MAX_SAFETENSORS_HEADER_BYTES = 100_000_000;

/** Most tensors of a safetensors file by default: the largest published models have some ten thousands. */
export const MAX_SAFETENSORS_TENSORS = 100_000;

/** Most bytes that `gunzip` puts out by default: 256 MiB. */
export const MAX_GUNZIP_BYTES = 2 ** 28;

/** Longest text that JavaScript engines hold: 512 MiB. */
export const MAX_TEXT_BYTES = 2 ** 29 - 24;

/** How deep lists and objects of a JSON text may be nested by default; configs come to 6. */
export const MAX_JSON_DEPTH = 100;

/** Most files of a ZIP by default: MNIST as single images are 70,000. */
export const MAX_ZIP_ENTRIES = 100_000;

/** Most unpacked bytes of a ZIP by default, all its files together: 512 MiB. */
export const MAX_ZIP_BYTES = 2 ** 29;

/** How many times as large a ZIP may become by default; pictures of one colour come to 100 seldom, bombs to 1,000 and more. */
export const MAX_ZIP_RATIO = 100;

/** How many times as many values as bytes a Parquet file may have; one value in all rows comes to more, where rows are many millions. */
export const MAX_PARQUET_RATIO = 1000;

/** Most pixels of a picture by default: 67 megapixels, 256 MiB of RGBA. */
export const MAX_PICTURE_PIXELS = 2 ** 26;

/** Most groups and arrays of an HDF5 file by default: Keras needs three a layer. */
export const MAX_HDF5_OBJECTS = 100_000;
