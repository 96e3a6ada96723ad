"""The lines that a benchmark prints, and whether they keep their bounds."""


class Table:
    def __init__(self):
        self.failures = []
        self.missing = []
        self.line("", "modlab", "beside", "ratio", "bound")

    @staticmethod
    def line(title, ours, theirs="", ratio="", bound=""):
        print(f"{title:<44}{ours:>12}{theirs:>12}{ratio:>8}{bound:>12}".rstrip(), flush=True)

    def kept(self, title, value, bound, shown):
        """A bound and whether it is kept, as a word."""
        if bound is None:
            return ""
        if value > bound:
            self.failures.append(title)
        return f"≤ {shown} {'✓' if value <= bound else '✗'}"

    def measured(self, title, value):
        """A row that measures nothing has failed."""
        if value > 0:
            return True
        self.fails(title, f"measured {value}")
        return False

    def compare(self, title, unit, ours, theirs, bound=None):
        """Ours, another program's and the ratio of both, held against a bound."""
        if self.measured(title, ours) and self.measured(title, theirs):
            word = self.kept(title, ours / theirs, bound, bound)
            self.line(title, f"{ours:.1f} {unit}", f"{theirs:.1f} {unit}", f"{ours / theirs:.2f}", word)

    def state(self, title, unit, ours, bound=None, least=None):
        """A quantity of ours, held against a bound of its own: at most, or at least."""
        if self.measured(title, ours):
            word = self.kept(title, ours, bound, f"{bound:g}" if bound is not None else "")
            if least is not None:
                if ours < least:
                    self.failures.append(title)
                word = f"≥ {least:g} {'✓' if ours >= least else '✗'}"
            self.line(title, f"{ours:.2f} {unit}" if ours < 10 else f"{ours:.1f} {unit}", bound=word)

    def grows(self, title, unit, ours, bound):
        """A difference, which may be nothing or less."""
        self.line(title, f"{ours:.1f} {unit}", bound=self.kept(title, ours, bound, f"{bound:g}"))

    def fails(self, title, why):
        self.failures.append(title)
        self.line(title, "fails")
        print(f"    {why}", flush=True)

    def not_measured(self, title, what):
        self.missing.append(f"{title}: there is no {what}")

    def close(self):
        """The exit status."""
        for line in self.missing:
            print(f"not measured: {line}")
        for title in self.failures:
            print(f"not kept: {title}")
        return 1 if self.failures else 0
