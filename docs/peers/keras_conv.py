"""Train the convolutional VAE of the Keras example in Keras itself, on all 70,000 MNIST digits, as its tutorial does.

Usage: python3 keras_conv.py --data DIR [--seed N] [--epochs N] [--optimizer adam|adamax]
Needs: tensorflow-cpu (Keras 3). Prints one JSON row an epoch: the means of the batches' training losses.
"""
import argparse
import gzip
import json
import os
import pathlib
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


def images(folder, name):
    raw = gzip.open(pathlib.Path(folder) / f"{name}-images-idx3-ubyte.gz").read()
    return np.frombuffer(raw, np.uint8, offset=16).reshape(-1, 28, 28, 1).astype("float32") / 255


def networks():
    x = keras.Input((28, 28, 1))
    h = layers.Conv2D(32, 3, activation="relu", strides=2, padding="same")(x)
    h = layers.Conv2D(64, 3, activation="relu", strides=2, padding="same")(h)
    h = layers.Dense(16, activation="relu")(layers.Flatten()(h))
    encoder = keras.Model(x, [layers.Dense(2)(h), layers.Dense(2)(h)])
    z = keras.Input((2,))
    h = layers.Reshape((7, 7, 64))(layers.Dense(7 * 7 * 64, activation="relu")(z))
    h = layers.Conv2DTranspose(64, 3, activation="relu", strides=2, padding="same")(h)
    h = layers.Conv2DTranspose(32, 3, activation="relu", strides=2, padding="same")(h)
    return encoder, keras.Model(z, layers.Conv2DTranspose(1, 3, activation="sigmoid", padding="same")(h))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--data", required=True)
    args.add_argument("--seed", type=int, default=0)
    args.add_argument("--epochs", type=int, default=30)
    args.add_argument("--optimizer", choices=["adam", "adamax"], default="adam")
    args = args.parse_args()
    keras.utils.set_random_seed(args.seed)
    digits = np.concatenate([images(args.data, "train"), images(args.data, "t10k")])
    encoder, decoder = networks()
    make = {"adam": keras.optimizers.Adam, "adamax": keras.optimizers.Adamax}[args.optimizer]
    optimizer = make(1e-3)
    weights = encoder.trainable_variables + decoder.trainable_variables
    optimizer.build(weights)

    @tf.function
    def step(x):
        with tf.GradientTape() as tape:
            mean, log_var = encoder(x, training=True)
            z = mean + tf.exp(0.5 * log_var) * tf.random.normal(tf.shape(mean))
            made = decoder(z, training=True)
            reconstruction = tf.reduce_mean(tf.reduce_sum(keras.losses.binary_crossentropy(x, made), axis=(1, 2)))
            kl = tf.reduce_mean(tf.reduce_sum(-0.5 * (1 + log_var - tf.square(mean) - tf.exp(log_var)), axis=1))
            total = reconstruction + kl
        optimizer.apply(tape.gradient(total, weights), weights)
        return reconstruction, kl

    data = tf.data.Dataset.from_tensor_slices(digits).shuffle(len(digits), seed=args.seed).batch(128)
    for epoch in range(1, args.epochs + 1):
        started, rows = time.time(), []
        for x in data:
            rows.append([float(part) for part in step(x)])
        reconstruction, kl = np.mean(rows, axis=0)
        print(json.dumps({
            "program": f"Keras {keras.__version__}, TensorFlow {tf.__version__}", "recipe": f"keras-conv-{args.optimizer}",
            "seed": args.seed, "epoch": epoch, "loss": round(reconstruction + kl, 3), "reconstruction": round(reconstruction, 3),
            "kl": round(kl, 3), "seconds": round(time.time() - started, 1)}), flush=True)


main()
