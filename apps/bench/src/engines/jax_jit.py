"""An engine of `pnpm bench`: JAX on the CPU, whole steps under jit. Arguments: the workload's file, jit, threads.

Needs: jax (PyPI).
"""
import sys

from serve_rows import (
    add_models, add_products, batches, check_parameters, give_up, keep_to_cores, read_arguments, read_images, serve)

workload, variant, threads = read_arguments()
keep_to_cores(threads)  # XLA's pools have as many threads as the process has cores
try:
    import jax
    import numpy as np
    from jax import lax, nn, numpy as jnp, random
except ImportError as error:
    give_up(f"{sys.executable} cannot import jax ({error})")

jax.config.update("jax_platforms", "cpu")
LAYOUT = ("NHWC", "HWIO", "NHWC")


def convolve(x, kernel, stride):
    """A 3x3 convolution that keeps 1 / stride of height and width; kernel [3, 3, in, out]."""
    low = 1 if stride == 1 else 0  # as JAX pads even sizes for "SAME"
    padding = ((low, 1), (low, 1))
    return lax.conv_general_dilated(x, kernel, (stride, stride), padding, dimension_numbers=LAYOUT)


@jax.custom_vjp
def deconvolve(x, kernel):
    """The transpose of a 3x3 convolution of stride 2: twice height and width; kernel [3, 3, in, out].

    Its gradients are those of the convolution: for what JAX derives from `lax.conv_transpose`, XLA's CPU kernels need ten
    times as long.
    """
    count, height, width, _ = x.shape
    image = jax.ShapeDtypeStruct((count, 2 * height, 2 * width, kernel.shape[-1]), x.dtype)
    return jax.linear_transpose(lambda y: convolve(y, kernel.swapaxes(2, 3), 2), image)(x)[0]


def deconvolve_backward(saved, gradient):
    x, kernel = saved
    dx, pull = jax.vjp(lambda k: convolve(gradient, k.swapaxes(2, 3), 2), kernel)
    return dx, *pull(x)


deconvolve.defvjp(lambda x, kernel: (deconvolve(x, kernel), (x, kernel)), deconvolve_backward)


def layer(p, name, x):
    return x @ p[f"{name}.kernel"] + p[f"{name}.bias"]


class Dense:
    """784 -> 512 (ReLU) -> mean, logVar [2] -> 512 (ReLU) -> logits [784]."""

    shapes = {"hidden": (784, 512), "mean": (512, 2), "logVar": (512, 2), "expand": (2, 512), "output": (512, 784)}

    @staticmethod
    def encode(p, x):
        hidden = nn.relu(layer(p, "hidden", x))
        return layer(p, "mean", hidden), layer(p, "logVar", hidden)

    @staticmethod
    def decode(p, z):
        return layer(p, "output", nn.relu(layer(p, "expand", z)))


class Conv:
    """conv 32, 64 (3x3, stride 2) -> dense 16 -> latent 2 -> dense 3136 -> transposed conv 64, 32, 1."""

    shapes = {
        "conv1": (3, 3, 1, 32), "conv2": (3, 3, 32, 64), "hidden": (3136, 16), "mean": (16, 2), "logVar": (16, 2),
        "expand": (2, 3136), "deconv1": (3, 3, 64, 64), "deconv2": (3, 3, 64, 32), "output": (3, 3, 32, 1)}

    @staticmethod
    def encode(p, x):
        x = x.reshape(-1, 28, 28, 1)
        for name in ("conv1", "conv2"):
            x = nn.relu(convolve(x, p[f"{name}.kernel"], 2) + p[f"{name}.bias"])
        hidden = nn.relu(layer(p, "hidden", x.reshape(len(x), -1)))
        return layer(p, "mean", hidden), layer(p, "logVar", hidden)

    @staticmethod
    def decode(p, z):
        x = nn.relu(layer(p, "expand", z)).reshape(-1, 7, 7, 64)
        for name in ("deconv1", "deconv2"):
            x = nn.relu(deconvolve(x, p[f"{name}.kernel"]) + p[f"{name}.bias"])
        return (convolve(x, p["output.kernel"], 1) + p["output.bias"]).reshape(len(x), -1)


MODELS = {"keras-dense": Dense, "keras-conv": Conv}


def build(name, description):
    """The model, and its parameters: Glorot's uniform kernels, and biases of zero."""
    model, generator, parameters = MODELS[name], np.random.default_rng(0), {}
    for part, shape in model.shapes.items():
        window = int(np.prod(shape[:-2]))
        limit = (6 / (window * (shape[-2] + shape[-1]))) ** 0.5
        parameters[f"{part}.kernel"] = jnp.asarray(generator.uniform(-limit, limit, shape), jnp.float32)
        parameters[f"{part}.bias"] = jnp.zeros(shape[-1], jnp.float32)
    check_parameters(name, sum(array.size for array in parameters.values()), description)
    return model, parameters


def adam(m, v, g, step, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """An update in units of the learning rate, and the next moments."""
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
    return m / (1 - beta1**step) / (jnp.sqrt(v / (1 - beta2**step)) + epsilon), m, v


def adamax(m, v, g, step, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v = beta1 * m + (1 - beta1) * g, jnp.maximum(beta2 * v, jnp.abs(g))
    return m / (1 - beta1**step) / (v + epsilon), m, v


OPTIMIZERS = {"adam": adam, "adamax": adamax}


def train_step(name, description):
    model, parameters = build(name, description)
    source, rate = batches(images, description["batchSize"]), description["learningRate"]
    spec = description["optimizer"]
    optimize, options = OPTIMIZERS[spec["name"]], {key: spec[key] for key in spec if key != "name"}

    def loss_of(p, x, key):
        mean, log_var = model.encode(p, x)
        latent = mean + jnp.exp(0.5 * log_var) * random.normal(key, mean.shape)
        logits = model.decode(p, latent)
        reconstruction = (jnp.maximum(logits, 0) - logits * x + jnp.log1p(jnp.exp(-jnp.abs(logits)))).sum(1)
        kl = -0.5 * (1 + log_var - mean**2 - jnp.exp(log_var)).sum(1)
        return (reconstruction + description["beta"] * kl).mean()

    def update(state, batch):
        p, m, v, key, step = state
        key, own = random.split(key)
        loss, gradients = jax.value_and_grad(loss_of)(p, batch.astype(jnp.float32) / 255, own)
        step += 1
        parts = {k: optimize(m[k], v[k], g, step, **options) for k, g in gradients.items()}
        p = {k: p[k] - rate * change for k, (change, _, _) in parts.items()}
        return (p, {k: part[1] for k, part in parts.items()}, {k: part[2] for k, part in parts.items()}, key, step), loss

    update = jax.jit(update, donate_argnums=0)

    def zeros():
        return {key: jnp.zeros_like(array) for key, array in parameters.items()}
    state = (parameters, zeros(), zeros(), random.key(0), jnp.float32(0))

    def run():
        nonlocal state
        state, loss = update(state, next(source))
        return float(loss)
    return run


def encode(name, description):
    model, parameters = build(name, description)
    source = batches(images, description["batchSize"])
    forward = jax.jit(lambda p, batch: model.encode(p, batch.astype(jnp.float32) / 255))
    return lambda: jax.block_until_ready(forward(parameters, next(source)))


def decode(name, description):
    model, parameters = build(name, description)
    shape = (description["batchSize"], description["spec"]["latentDim"])
    codes = jnp.asarray(np.random.default_rng(0).uniform(-1, 1, shape), jnp.float32)
    forward = jax.jit(model.decode)
    return lambda: jax.block_until_ready(forward(parameters, codes))


def product(a, b):
    a, b, multiply = jnp.asarray(a), jnp.asarray(b), jax.jit(jnp.matmul)
    return lambda: jax.block_until_ready(multiply(a, b))


images = read_images(workload)
rows = {}
add_models(rows, workload, MODELS, train_step=train_step, encode=encode, decode=decode)
add_products(rows, workload, product)
serve(rows, threads, {"jax": jax.__version__}, variant)
