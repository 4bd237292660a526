"""The index of recordings: Swift that the scripts write."""

import subprocess

from recording.programs import ROOT


def write(type_name, origin, entries, role=""):
    """Writes the entries of one origin, a client or a peer, as a static member of their type."""
    file = ROOT / f"Fixtures/Index/{type_name}+{origin}{role.capitalize()}.swift"
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        f"// Written by a script: see Fixtures/README.md.\n\n"
        f"extension {type_name} {{\n    /// Recordings of {origin}.\n"
        f"    static let {origin}{role.capitalize()}: [{type_name}] = [\n{entries}    ]\n}}\n"
    )
    subprocess.run(["swift", "format", "-i", file], check=True)
