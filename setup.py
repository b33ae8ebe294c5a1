"""What pyproject.toml cannot say: the wheel holds models and documents that lie beside the packages."""

from setuptools import find_namespace_packages, setup

BESIDE = {"demo.checkpoints": "checkpoints", "demo.docs": "docs"}

setup(
    packages=[*find_namespace_packages(include=["attngan*", "demo*"]), *BESIDE],
    package_dir=BESIDE,
)
