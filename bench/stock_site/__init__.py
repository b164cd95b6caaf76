"""A site as one would build it with Wagtail alone: what `bench.serving` compares with. Its pages show what ours show."""
