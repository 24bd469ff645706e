"""Writes the VAE of https://keras.io/examples/generative/vae/, its weights alone and whole, and what Keras computes of it.

Usage: KERAS_BACKEND=... python3 write-keras.py FOLDER
"""

import pathlib
import sys

import keras
import numpy as np
from keras import layers, ops

folder = pathlib.Path(sys.argv[1])


@keras.saving.register_keras_serializable()
class Sampling(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed_generator = keras.random.SeedGenerator(1337)

    def call(self, inputs):
        z_mean, z_log_var = inputs
        epsilon = keras.random.normal(shape=ops.shape(z_mean), seed=self.seed_generator)
        return z_mean + ops.exp(0.5 * z_log_var) * epsilon


class VAE(keras.Model):
    def __init__(self, encoder, decoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder, self.decoder = encoder, decoder
        self.total_loss_tracker = keras.metrics.Mean(name="total_loss")
        self.reconstruction_loss_tracker = keras.metrics.Mean(name="reconstruction_loss")
        self.kl_loss_tracker = keras.metrics.Mean(name="kl_loss")

    def call(self, images):
        return self.decoder(self.encoder(images)[2])


images = keras.Input(shape=(28, 28, 1))
x = layers.Conv2D(32, 3, activation="relu", strides=2, padding="same")(images)
x = layers.Conv2D(64, 3, activation="relu", strides=2, padding="same")(x)
x = layers.Dense(16, activation="relu")(layers.Flatten()(x))
heads = [layers.Dense(2, name="z_mean")(x), layers.Dense(2, name="z_log_var")(x)]
encoder = keras.Model(images, [*heads, Sampling()(heads)], name="encoder")
latent = keras.Input(shape=(2,))
x = layers.Dense(7 * 7 * 64, activation="relu")(latent)
x = layers.Reshape((7, 7, 64))(x)
x = layers.Conv2DTranspose(64, 3, activation="relu", strides=2, padding="same")(x)
x = layers.Conv2DTranspose(32, 3, activation="relu", strides=2, padding="same")(x)
decoder = keras.Model(latent, layers.Conv2DTranspose(1, 3, activation="sigmoid", padding="same")(x), name="decoder")
vae = VAE(encoder, decoder)
vae.compile(optimizer=keras.optimizers.Adam())
random = np.random.default_rng(7)
vae.build((None, 28, 28, 1))
for weight in (*encoder.trainable_weights, *decoder.trainable_weights):
    if weight.name == "bias":
        weight.assign(random.normal(size=weight.shape) / 4)

given = random.random((3, 28, 28, 1)).astype(np.float32)
codes = random.normal(size=(3, 2)).astype(np.float32)
mean, log_var, _ = encoder(given)
arrays = {"images": given, "codes": codes, "mean": mean, "log_var": log_var, "decoded": decoder(codes)}
files = {
    "weights": lambda place: vae.save_weights(place / "vae.weights.h5"),
    "keras": lambda place: [part.save(place / f"{part.name}.keras") for part in (encoder, decoder)],
    "legacy": lambda place: [part.save(place / f"{part.name}.h5") for part in (encoder, decoder)],
}
for name, write in files.items():
    place = folder / f"keras-{name}"
    place.mkdir(parents=True)
    write(place)
    for key, value in arrays.items():
        np.save(place / f"{key}.npy", keras.ops.convert_to_numpy(value))
