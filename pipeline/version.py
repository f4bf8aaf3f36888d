"""The version of the software, as published with every document."""

from importlib.metadata import version

SOFTWARE_VERSION = version("keikaku")
