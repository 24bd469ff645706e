"""An engine of `pnpm bench`: PyTorch on the CPU. Argument: the workload's file.

Threads are OMP_NUM_THREADS. Needs: torch (Debian: python3-torch with libopenblas0).
"""
import sys

from serve_rows import milliseconds, read_workload, send, serve

try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError as error:
    send({"error": f"{sys.executable} cannot import torch ({error}); on Debian: apt-get install python3-torch libopenblas0"})
    sys.exit()


def blas():
    """Which library multiplies matrices: `openblas`, `mkl`, `reference`, ... with its file where it is one."""
    torch.ones(64, 64) @ torch.ones(64, 64)  # loaded lazily in some builds
    try:
        with open("/proc/self/maps") as maps:
            paths = sorted({line.split(maxsplit=5)[5].strip() for line in maps if "/" in line})
    except OSError:
        paths = []
    names = [("mkl", "libmkl"), ("openblas", "libopenblas"), ("blis", "libblis"), ("atlas", "libatlas")]
    for name, part in names:
        for path in paths:
            if part in path:
                return f"{name} ({path})"
    if torch.backends.mkl.is_available():
        return "mkl (inside torch)"
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
            nn.Linear(2, 3136), nn.ReLU(), nn.Unflatten(1, (64, 7, 7)),
            nn.ConvTranspose2d(64, 64, 3, 2, 1, output_padding=1), nn.ReLU(),
            nn.ConvTranspose2d(64, 32, 3, 2, 1, output_padding=1), nn.ReLU(),
            nn.ConvTranspose2d(32, 1, 3, 1, 1), nn.Flatten()))


ARCHITECTURES = {"keras-dense": dense, "keras-conv": conv}
OPTIMIZERS = {"adam": torch.optim.Adam, "adamax": torch.optim.Adamax}


def build(name, description):
    model = glorot(ARCHITECTURES[name]())
    count = sum(parameter.numel() for parameter in model.parameters())
    if count != description["parameters"]:
        raise ValueError(f"{name} has {count} parameters here, and should have {description['parameters']}")
    return model


def batches(images, size):
    """Batches of a shuffled uint8 data set as floats from 0 to 1, for ever."""
    while True:
        order = torch.randperm(len(images))
        for i in range(0, len(images) - size + 1, size):
            yield images[order[i:i + size]].float() / 255


def train_step(name, description, images):
    model, source = build(name, description), batches(images, description["batchSize"])
    spec = description["optimizer"]
    options = {"eps": spec["epsilon"]} if "epsilon" in spec else {}
    optimizer = OPTIMIZERS[spec["name"]](model.parameters(), description["learningRate"], **options)

    def run():
        x = next(source)
        logits, mean, log_var = model(x)
        reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(1).mean()
        kl = (-0.5 * (1 + log_var - mean**2 - log_var.exp()).sum(1)).mean()
        loss = reconstruction + description["beta"] * kl
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()
    return run


def encode(name, description, images):
    model, source = build(name, description), batches(images, description["batchSize"])

    @torch.no_grad()
    def run():
        return [part.data_ptr() for part in model.encode(next(source))]
    return run


def decode(name, description, images):
    model = build(name, description)
    codes = torch.rand(description["batchSize"], description["spec"]["latentDim"]) * 2 - 1

    @torch.no_grad()
    def run():
        return model.decoder(codes).data_ptr()
    return run


def product(sizes):
    m, k, n = sizes
    a, b = torch.rand(m, k) * 2 - 1, torch.rand(k, n) * 2 - 1

    @torch.no_grad()
    def run():
        return (a @ b).data_ptr()
    return run


def main():
    workload = read_workload()
    with open(workload["images"], "rb") as file:
        images = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).view(workload["count"], -1)
    torch.manual_seed(0)
    rows = {}

    def add(name, begin, *arguments):
        def start():
            run = begin(*arguments)
            return lambda: milliseconds(run)
        rows[name] = start

    for kind, begin in (("train-step", train_step), ("encode", encode), ("decode", decode)):
        for name, description in workload["models"].items():
            if name in ARCHITECTURES:
                add(f"{kind}/{name}", begin, name, description, images)
    for name, sizes in workload["products"].items():
        add(f"gemm/{name}", product, sizes)
    serve(rows, torch.get_num_threads(), {"pytorch": torch.__version__, "blas": blas()})


if __name__ == "__main__":
    main()
