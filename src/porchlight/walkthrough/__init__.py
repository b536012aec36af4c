"""The main job once, on a throw-away instance, over real HTTP and SMTP. Named steps: docs/walkthrough.md."""
