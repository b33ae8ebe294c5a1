"""The command asks nobody which kind a model is of: a kind that it has not heard of has its heatmaps, too."""

from pathlib import Path

from typer.testing import CliRunner

from attngan.command.cli import app
from attngan.errors import AttnGanError
from tests import sums


def test_the_command_points_at_the_places_of_a_third_kind(tmp_path: Path):
    words = ["heatmap", str(tmp_path / "run"), "--text", "12+70+9", "--out", str(tmp_path / "seen.png")]
    with sums.known():
        sums.write_run(tmp_path / "run", steps=2)
        wrong = CliRunner().invoke(app, [*words, "--pixel", "1,1"]).exception
        assert isinstance(wrong, AttnGanError)
        assert "--pixel is for other models: give --output-character" in str(wrong)
        assert not (tmp_path / "seen.png").exists()
        told = CliRunner().invoke(app, [*words, "--output-character", "1"])
        assert told.exit_code == 0, told.output
        assert "Weights of 7 cells, sum 1.0000" in told.output
