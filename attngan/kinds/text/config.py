"""The settings of networks that write a text from a text; no torch here."""

from typing import Literal, Self

from pydantic import Field, model_validator

from attngan.config import ModelConfig

LONGEST = 1000  # characters of an input or an output


class TextConfig(ModelConfig):
    """Networks that read characters and write characters.

    `reading` is how: "attention" looks at single characters, `rounds` times, "pooled" hears the mean of all,
    which is the twin without attention. `examples` are pairs to be shown, held-out ones if there are any.
    """

    architecture: Literal["text"] = "text"
    latent_size: int = Field(8, ge=1, le=1024)
    width: int = Field(64, ge=8, le=512)  # channels
    heads: int = Field(4, ge=1, le=16)
    rounds: int = Field(2, ge=1, le=4)
    reading: Literal["attention", "pooled"] = "attention"
    known: str = "a"  # characters that inputs may have
    written: str = "a"  # characters that outputs may have
    longest_input: int = Field(1, ge=1, le=LONGEST)  # that it learns from
    longest_output: int = Field(1, ge=1, le=LONGEST)
    examples: tuple[tuple[str, str], ...] = ()

    @model_validator(mode="after")
    def _plain(self) -> Self:
        if self.width % self.heads:
            raise ValueError(f"width must be a multiple of heads, not {self.width} with {self.heads}")
        if self.classes or self.clusters:
            raise ValueError("text has neither classes nor clusters")
        for name in ("known", "written"):
            characters = getattr(self, name)
            if not characters or len(set(characters)) < len(characters):
                raise ValueError(f"{name} must be different characters, at least one")
        return self

    @property
    def attention_layers(self) -> tuple[str, ...]:
        """One a round: the first, the second ..."""
        return (
            tuple(f"round-{number}" for number in range(1, self.rounds + 1))
            if self.reading == "attention"
            else ()
        )

    @property
    def most_read(self) -> int:
        """Characters of an input that it reads at most: a quarter more than it learnt from, and a few."""
        return self.longest_input + self.longest_input // 4 + 4

    @property
    def is_of_its_data(self) -> bool:
        """Always: its alphabets and lengths."""
        return True

    @property
    def shown(self) -> int:
        """One an example."""
        return len(self.examples) or super().shown

    @property
    def conditional(self) -> bool:
        """Always: on the text that is read."""
        return True

    @property
    def example_texts(self) -> tuple[str, ...]:
        """The inputs of the examples."""
        return tuple(text for text, _ in self.examples)


CONFIGS = (TextConfig,)
