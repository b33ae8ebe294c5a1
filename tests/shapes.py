"""What checks the annotations of shapes and types while tests run; an int will do where a float is asked."""

from beartype import BeartypeConf, beartype

checked = beartype(conf=BeartypeConf(is_pep484_tower=True))
