"""The way of a frame: camera, faces, tracks, crops, scores. No Qt, no SQL."""
