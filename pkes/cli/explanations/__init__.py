"""What every code of a finding means, why it matters, and how it is mended."""
