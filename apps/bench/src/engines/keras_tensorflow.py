"""An engine of `pnpm bench`: Keras 3 on TensorFlow's CPU kernels. Arguments: the workload's file, graph or xla, threads.

A whole step is a tf.function, with `xla` compiled by XLA. Needs: keras, tensorflow-cpu (PyPI).
"""
import os
import sys

from serve_rows import (
    add_models, add_products, batches, check_parameters, give_up, keep_to_cores, read_arguments, read_images, serve)

workload, variant, threads = read_arguments()
keep_to_cores(threads)
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
try:
    import keras
    import tensorflow as tf
    from keras import layers, ops
except ImportError as error:
    give_up(f"{sys.executable} cannot import keras and tensorflow ({error})")

tf.config.set_visible_devices([], "GPU")
tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(1)  # the operations of a step wait for one another
keras.utils.set_random_seed(0)
compiled = tf.function(jit_compile=variant == "xla")


def heads(features):
    return [layers.Dense(2, name="mean")(features), layers.Dense(2, name="logVar")(features)]


def dense():
    """784 -> 512 (ReLU) -> mean, logVar [2] -> 512 (ReLU) -> logits [784]."""
    x, z = keras.Input((784,)), keras.Input((2,))
    encoder = keras.Model(x, heads(layers.Dense(512, "relu")(x)))
    return encoder, keras.Model(z, layers.Dense(784)(layers.Dense(512, "relu")(z)))


def conv():
    """conv 32, 64 (3x3, stride 2) -> dense 16 -> latent 2 -> dense 3136 -> transposed conv 64, 32, 1."""
    x, z = keras.Input((784,)), keras.Input((2,))
    same = {"padding": "same"}
    h = layers.Reshape((28, 28, 1))(x)
    for filters in (32, 64):
        h = layers.Conv2D(filters, 3, 2, activation="relu", **same)(h)
    encoder = keras.Model(x, heads(layers.Dense(16, "relu")(layers.Flatten()(h))))
    h = layers.Reshape((7, 7, 64))(layers.Dense(3136, "relu")(z))
    for filters in (64, 32):
        h = layers.Conv2DTranspose(filters, 3, 2, activation="relu", **same)(h)
    return encoder, keras.Model(z, layers.Flatten()(layers.Conv2DTranspose(1, 3, **same)(h)))


ARCHITECTURES = {"keras-dense": dense, "keras-conv": conv}
OPTIMIZERS = {"adam": keras.optimizers.Adam, "adamax": keras.optimizers.Adamax}


def build(name, description):
    encoder, decoder = ARCHITECTURES[name]()
    check_parameters(name, encoder.count_params() + decoder.count_params(), description)
    return encoder, decoder


def train_step(name, description):
    encoder, decoder = build(name, description)
    source, spec = batches(images, description["batchSize"]), description["optimizer"]
    # Keras's epsilon of its own is 1e-7, and not the papers' 1e-8.
    optimizer = OPTIMIZERS[spec["name"]](description["learningRate"], epsilon=spec.get("epsilon", 1e-8))
    weights = encoder.trainable_weights + decoder.trainable_weights
    optimizer.build(weights)

    @compiled
    def update(batch):
        x = tf.cast(batch, tf.float32) / 255
        with tf.GradientTape() as tape:
            mean, log_var = encoder(x)
            latent = mean + ops.exp(0.5 * log_var) * tf.random.normal(tf.shape(mean))
            logits = decoder(latent)
            reconstruction = ops.sum(tf.nn.sigmoid_cross_entropy_with_logits(x, logits), 1)
            kl = -0.5 * ops.sum(1 + log_var - mean**2 - ops.exp(log_var), 1)
            loss = ops.mean(reconstruction + description["beta"] * kl)
        variables = [weight.value for weight in weights]
        optimizer.apply(tape.gradient(loss, variables), weights)
        return loss

    return lambda: float(update(tf.constant(next(source))))


def encode(name, description):
    encoder, _ = build(name, description)
    source = batches(images, description["batchSize"])
    forward = compiled(lambda batch: encoder(tf.cast(batch, tf.float32) / 255))
    return lambda: [part.numpy() for part in forward(tf.constant(next(source)))]


def decode(name, description):
    _, decoder = build(name, description)
    codes = tf.random.uniform((description["batchSize"], description["spec"]["latentDim"]), -1, 1)
    forward = compiled(lambda z: decoder(z))
    return lambda: forward(codes).numpy()


def product(a, b):
    a, b, multiply = tf.constant(a), tf.constant(b), compiled(tf.matmul)
    return lambda: multiply(a, b).numpy()


images = read_images(workload)
rows = {}
add_models(rows, workload, ARCHITECTURES, train_step=train_step, encode=encode, decode=decode)
add_products(rows, workload, product)
serve(rows, threads, {"keras": keras.__version__, "tensorflow": tf.__version__}, variant)
