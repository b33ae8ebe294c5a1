"""Which networks a ModelConfig asks for: ours, or those of a history lesson."""

from attngan.config import ModelConfig
from attngan.history.dcgan import DcganDiscriminator, DcganGenerator
from attngan.history.sagan import SaganDiscriminator, SaganGenerator
from attngan.networks import Discriminator, Generator

AnyGenerator = Generator | DcganGenerator | SaganGenerator
AnyDiscriminator = Discriminator | DcganDiscriminator | SaganDiscriminator


def build(config: ModelConfig) -> tuple[AnyGenerator, AnyDiscriminator]:
    """New networks; torch's random numbers give their weights."""
    match config.architecture:
        case "attngan":
            return Generator(config), Discriminator(config)
        case "dcgan-2015":
            return DcganGenerator(config), DcganDiscriminator(config)
        case "sagan-2018":
            return SaganGenerator(config), SaganDiscriminator(config)
