// The sizes of the convolution or pooling under way. Globals of the module: a call sets them before its loops, and a
// module runs one call at a time.
export let batch: i32 = 0;
export let inHeight: i32 = 0;
export let inWidth: i32 = 0;
export let channels: i32 = 0;
export let outHeight: i32 = 0;
export let outWidth: i32 = 0;
export let windowHeight: i32 = 0;
export let windowWidth: i32 = 0;
export let strideHeight: i32 = 0;
export let strideWidth: i32 = 0;
export let padTop: i32 = 0;
export let padLeft: i32 = 0;
export let dilationHeight: i32 = 0;
export let dilationWidth: i32 = 0;

/** Images are [batch, inHeight, inWidth, channels]; windows slide to [batch, outHeight, outWidth]. */
export function setGeometry(
  batch_: i32, inHeight_: i32, inWidth_: i32, channels_: i32, outHeight_: i32, outWidth_: i32,
  windowHeight_: i32, windowWidth_: i32, strideHeight_: i32, strideWidth_: i32,
  padTop_: i32, padLeft_: i32, dilationHeight_: i32, dilationWidth_: i32,
): void {
  batch = batch_; inHeight = inHeight_; inWidth = inWidth_; channels = channels_;
  outHeight = outHeight_; outWidth = outWidth_; windowHeight = windowHeight_; windowWidth = windowWidth_;
  strideHeight = strideHeight_; strideWidth = strideWidth_; padTop = padTop_; padLeft = padLeft_;
  dilationHeight = dilationHeight_; dilationWidth = dilationWidth_;
}
