"""Which networks a ModelConfig asks for: ours, or those of a history lesson."""

from attngan.config import ModelConfig
from attngan.kinds.pictures.dcgan import DcganDiscriminator, DcganGenerator
from attngan.kinds.pictures.networks import Discriminator, Generator
from attngan.kinds.pictures.sagan import SaganDiscriminator, SaganGenerator

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
