"""An engine of `pnpm bench`: PyTorch on the CPU. Arguments: the workload's file, eager or compile, threads.

Needs: torch, numpy (PyPI, or Debian: python3-torch with libopenblas0). For `compile` PyTorch 2 and a C++ compiler.
"""
import os
import shutil
import sys

from serve_rows import (
    add_models, add_products, batches, check_parameters, give_up, read_arguments, read_images, serve)

workload, variant, threads = read_arguments()
# What it compiles lies with the workload, and is gone with it; no processes of its own wait for more to compile.
os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", os.path.dirname(workload["images"]))
os.environ.setdefault("TORCHINDUCTOR_COMPILE_THREADS", "1")
try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError as error:
    give_up(f"{sys.executable} cannot import torch ({error})")
if variant == "compile":
    if not hasattr(torch, "compile"):
        give_up(f"PyTorch {torch.__version__} has no torch.compile")
    if not any(shutil.which(name) for name in (os.environ.get("CXX", "g++"), "clang++")):
        give_up("torch.compile needs a C++ compiler: apt-get install g++")

compiled = torch.compile if variant == "compile" else lambda run: run


def blas():
    """Which library multiplies matrices: `openblas`, `mkl`, `reference`, ... with its file where it is one."""
    torch.ones(64, 64) @ torch.ones(64, 64)  # loaded lazily in some builds
    try:
        with open("/proc/self/maps") as maps:
            paths = sorted({line.split(maxsplit=5)[5].strip() for line in maps if "/" in line})
    except OSError:
        paths = []
    if torch.backends.mkl.is_available():
        return "mkl (inside torch)"
    names = [("mkl", "libmkl"), ("openblas", "libopenblas"), ("blis", "libblis"), ("atlas", "libatlas")]
    for name, part in names:
        for path in paths:
            if part in path and "numpy" not in path:
                return f"{name} ({path})"
    for path in paths:
        if "/libblas" in path:
            return f"reference ({path})"
    return "unknown"


def glorot(model):
    for layer in model.modules():
        if isinstance(layer, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    return model


class Vae(nn.Module):
    def __init__(self, encoder, features, latent, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder
        self.mean, self.log_var = nn.Linear(features, latent), nn.Linear(features, latent)

    def encode(self, x):
        h = self.encoder(x)
        return self.mean(h), self.log_var(h)

    def forward(self, x):
        mean, log_var = self.encode(x)
        return self.decoder(mean + torch.exp(0.5 * log_var) * torch.randn_like(mean)), mean, log_var


class ChannelsLast(nn.Module):
    def forward(self, x):
        return x.contiguous(memory_format=torch.channels_last)


def dense():
    """784 -> 512 (ReLU) -> mean, logVar [2] -> 512 (ReLU) -> logits [784]."""
    return Vae(
        nn.Sequential(nn.Linear(784, 512), nn.ReLU()), 512, 2,
        nn.Sequential(nn.Linear(2, 512), nn.ReLU(), nn.Linear(512, 784)))


def conv():
    """conv 32, 64 (3x3, stride 2) -> dense 16 -> latent 2 -> dense 3136 -> transposed conv 64, 32, 1."""
    return Vae(
        nn.Sequential(
            nn.Unflatten(1, (1, 28, 28)), nn.Conv2d(1, 32, 3, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 3, 2, 1), nn.ReLU(),
            nn.Flatten(), nn.Linear(3136, 16), nn.ReLU()), 16, 2,
        nn.Sequential(
            nn.Linear(2, 3136), nn.ReLU(), nn.Unflatten(1, (64, 7, 7)), ChannelsLast(),
            nn.ConvTranspose2d(64, 64, 3, 2, 1, output_padding=1), nn.ReLU(),
            nn.ConvTranspose2d(64, 32, 3, 2, 1, output_padding=1), nn.ReLU(),
            nn.ConvTranspose2d(32, 1, 3, 1, 1), nn.Flatten()))


ARCHITECTURES = {"keras-dense": dense, "keras-conv": conv}
OPTIMIZERS = {"adam": torch.optim.Adam, "adamax": torch.optim.Adamax}


def build(name, description):
    model = glorot(ARCHITECTURES[name]()).to(memory_format=torch.channels_last)
    check_parameters(name, sum(parameter.numel() for parameter in model.parameters()), description)
    return model


def float_batches(size):
    for batch in batches(images, size):
        yield torch.from_numpy(batch).float() / 255


def train_step(name, description):
    model, source = build(name, description), float_batches(description["batchSize"])
    spec = description["optimizer"]
    options = {"eps": spec["epsilon"]} if "epsilon" in spec else {}
    optimizer = OPTIMIZERS[spec["name"]](model.parameters(), description["learningRate"], **options)

    @compiled
    def loss_of(x):
        logits, mean, log_var = model(x)
        reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(1).mean()
        kl = (-0.5 * (1 + log_var - mean**2 - log_var.exp()).sum(1)).mean()
        return reconstruction + description["beta"] * kl

    update = compiled(optimizer.step)

    def run():
        loss = loss_of(next(source))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        update()
        return loss.item()
    return run


def encode(name, description):
    model, source = build(name, description), float_batches(description["batchSize"])
    forward = compiled(model.encode)

    @torch.no_grad()
    def run():
        return [part.data_ptr() for part in forward(next(source))]
    return run


def decode(name, description):
    model = build(name, description)
    codes = torch.rand(description["batchSize"], description["spec"]["latentDim"]) * 2 - 1
    forward = compiled(model.decoder)

    @torch.no_grad()
    def run():
        return forward(codes).data_ptr()
    return run


def product(a, b):
    a, b = torch.from_numpy(a), torch.from_numpy(b)

    @torch.no_grad()
    def run():
        return (a @ b).data_ptr()
    return run


images = read_images(workload)
torch.set_num_threads(threads)
torch.manual_seed(0)
rows = {}
add_models(rows, workload, ARCHITECTURES, train_step=train_step, encode=encode, decode=decode)
if variant == "eager":
    add_products(rows, workload, product)  # compiled they are the same call
serve(rows, torch.get_num_threads(), {"pytorch": torch.__version__, "blas": blas()}, variant)
