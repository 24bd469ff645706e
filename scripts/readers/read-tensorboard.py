"""What TensorBoard's own reader finds in a folder of event files, as JSON."""
import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

reader = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "images": 0, "tensors": 0})
reader.Reload()
tags = reader.Tags()
print(
    json.dumps(
        {
            "version": reader.file_version,
            "scalars": {tag: [[row.step, row.value] for row in reader.Scalars(tag)] for tag in tags["scalars"]},
            "images": {
                tag: [[row.step, row.width, row.height, len(row.encoded_image_string)] for row in reader.Images(tag)]
                for tag in tags["images"]
            },
        }
    )
)
