"""A plain transcription of ECMA-262's Link ( ) and Evaluate ( ), with `import defer` as its proposal has it.

Recursive, as the text is: https://tc39.es/ecma262/#sec-moduledeclarationlinking and what follows it. Bodies are lists of
operations; a body stops only at a gate, which the caller opens.
"""

GATE, READ, THROW, IMPORT, LOOK = "gate", "read", "throw", "import", "look"
# JavaScript that only an engine can tell the jobs of.
TEXT = "text"


class Thrown(Exception):
    """A throw completion; `said` is `Name: message`."""

    def __init__(self, said):
        super().__init__(said)
        self.said = said


class Module:
    def __init__(self, name):
        self.name = name
        # (module, phase), phase "evaluation" or "defer", in the order of the source.
        self.requests = []
        # Of a module that does not export the name.
        self.missing = None
        self.body = []
        self.status, self.error, self.index, self.ancestor = "unlinked", None, None, None
        self.cycle_root, self.order, self.pending, self.parents = None, "unset", None, []
        self.capability = None
        self.is_initialized = False

    @property
    def has_tla(self):
        return any(operation[0] == GATE or operation[0] == TEXT and "await" in operation[1] for operation in self.body)


# In which order jobs are done that import() and bodies that end have queued: that is the host's, which may need more
# jobs for one than for another.
ORDERS = {
    "as queued": lambda jobs: 0,
    "bodies first": lambda jobs: next((n for n, (kind, _, _) in enumerate(jobs) if kind == "settled"), 0),
    "linked first": lambda jobs: next(
        (n for n, (kind, _, module) in enumerate(jobs) if kind == "settled" or module.status != "unlinked"), 0),
    "last first": lambda jobs: len(jobs) - 1,
}


class Agent:
    def __init__(self, order="as queued"):
        self.lines, self.count, self.choose = [], 0, ORDERS[order]
        # Modules entered, bodies executed and components finished by Evaluate ( ).
        self.steps = 0
        # import() asked to link over a module with an error: node:vm refuses that, the text does not.
        self.is_hosts_own = False
        # Bodies that wait at a gate, by module.
        self.waiting = {}
        # ("settled", module, what it threw or None), ("import", referrer, module).
        self.jobs = []
        # Who waits for an import(): (referrer, module, cycle root).
        self.watchers = []

    # Link

    def link(self, module):
        stack = []
        try:
            self.inner_linking(module, stack, 0)
        except Thrown:
            for m in stack:
                assert m.status == "linking"
                m.status = "unlinked"
            raise
        assert not stack

    def inner_linking(self, module, stack, index):
        if module.status != "unlinked":
            return index
        module.status, module.index, module.ancestor = "linking", index, index
        index += 1
        stack.append(module)
        for required, _ in module.requests:
            index = self.inner_linking(required, stack, index)
            assert (required.status == "linking") == (required in stack)
            if required.status == "linking":
                module.ancestor = min(module.ancestor, required.ancestor)
        if module.missing:
            raise Thrown(f"SyntaxError: The requested module '{module.missing}' does not provide an export named 'nope'")
        if module.ancestor == module.index:
            while True:
                member = stack.pop()
                member.status = "linked"
                if member is module:
                    break
        return index

    # Evaluate

    def evaluate(self, module):
        assert module.status in ("linked", "evaluating-async", "evaluated")
        if module.status != "linked":
            module = module.cycle_root or module
        if module.capability:
            return module
        stack = []
        module.capability = "pending"
        try:
            self.inner_evaluation(module, stack, 0)
        except Thrown as thrown:
            for m in stack:
                assert m.status == "evaluating"
                m.status, m.error = "evaluated", thrown
            module.capability = "rejected"
            return module
        assert not stack
        if module.status == "evaluated":
            module.capability = "fulfilled"
        return module

    def inner_evaluation(self, module, stack, index):
        if module.status in ("evaluating-async", "evaluated"):
            if module.error:
                raise module.error
            return index
        if module.status == "evaluating":
            return index
        assert module.status == "linked"
        module.status, module.index, module.ancestor, module.pending = "evaluating", index, index, 0
        index += 1
        stack.append(module)
        self.steps += 1
        evaluated = []
        for required, phase in module.requests:
            for one in gather(required, []) if phase == "defer" else [required]:
                if one not in evaluated:
                    evaluated.append(one)
        for required in evaluated:
            index = self.inner_evaluation(required, stack, index)
            if required.status == "evaluating":
                module.ancestor = min(module.ancestor, required.ancestor)
            else:
                required = required.cycle_root
                assert required.status in ("evaluating-async", "evaluated")
                if required.error:
                    raise required.error
            if isinstance(required.order, int):
                module.pending += 1
                required.parents.append(module)
        if module.pending > 0 or module.has_tla:
            assert module.order == "unset"
            module.order, self.count = self.count, self.count + 1
            if module.pending == 0:
                self.steps += 1
                self.execute_async(module)
        else:
            self.steps += 1
            self.execute(module)
        if module.ancestor == module.index:
            self.steps += 1
            while True:
                member = stack.pop()
                member.status = "evaluated" if member.order == "unset" else "evaluating-async"
                member.cycle_root = module
                if member is module:
                    break
        return index

    def execute(self, module):
        for _ in self.run(module):
            raise AssertionError("a gate without top-level await")

    def execute_async(self, module):
        self.go_on(module, self.run(module))

    def open(self, module):
        self.go_on(module, self.waiting.pop(module))

    def go_on(self, module, body):
        try:
            next(body)
            self.waiting[module] = body
        except StopIteration:
            self.jobs.append(("settled", module, None))
        except Thrown as thrown:
            self.jobs.append(("settled", module, thrown))

    def drain(self):
        """What import() asked for, and bodies that ended."""
        while self.jobs:
            kind, module, rest = self.jobs.pop(self.choose(self.jobs))
            if kind == "import":
                self.dynamic(module, rest)
            elif rest:
                self.rejected(module, rest)
            else:
                self.fulfilled(module)
        for referrer, module, root in list(self.watchers):
            if root.capability == "pending":
                continue
            self.watchers.remove((referrer, module, root))
            self.lines.append(f"{referrer.name}: {root.error.said}" if root.error else f"{referrer.name} has {module.name}")

    def dynamic(self, referrer, module):
        if module.status == "unlinked" and any(m.error for m in reachable(module)):
            self.is_hosts_own = True
        try:
            self.link(module)
        except Thrown as thrown:
            self.lines.append(f"{referrer.name}: {thrown.said}")
            return
        root = self.evaluate(module)
        self.watchers.append((referrer, module, root))

    def gather_ancestors(self, module, found):
        for m in module.parents:
            if m not in found and not (m.cycle_root and m.cycle_root.error) and not m.error:
                assert m.status == "evaluating-async" and m.pending > 0
                m.pending -= 1
                if m.pending == 0:
                    found.append(m)
                    if not m.has_tla:
                        self.gather_ancestors(m, found)

    def fulfilled(self, module):
        if module.status == "evaluated":
            assert module.error
            return
        assert module.status == "evaluating-async"
        module.order, module.status = "done", "evaluated"
        if module.capability:
            module.capability = "fulfilled"
        found = []
        self.gather_ancestors(module, found)
        for m in sorted(found, key=lambda m: m.order):
            if m.status == "evaluated":
                assert m.error
            elif m.has_tla:
                self.execute_async(m)
            else:
                try:
                    self.execute(m)
                except Thrown as thrown:
                    self.rejected(m, thrown)
                    continue
                m.order, m.status = "done", "evaluated"
                if m.capability:
                    m.capability = "fulfilled"

    def rejected(self, module, thrown):
        if module.status == "evaluated":
            assert module.error
            return
        assert module.status == "evaluating-async"
        module.error, module.status, module.order = thrown, "evaluated", "done"
        if module.capability:
            module.capability = "rejected"
        for m in module.parents:
            self.rejected(m, thrown)

    # Bodies

    def run(self, module):
        self.lines.append(f"{module.name} begins")
        module.is_initialized = True
        for operation, *rest in module.body:
            if operation == TEXT:
                if "await" in rest[0]:
                    yield
            elif operation == GATE:
                yield
                self.lines.append(f"{module.name} goes on")
            elif operation == READ:
                self.read(module, rest[0])
            elif operation == THROW:
                raise Thrown(f"Error: {module.name}")
            elif operation == IMPORT:
                self.jobs.append(("import", module, rest[0]))
            elif operation == LOOK:
                self.look(module, rest[0])
        self.lines.append(f"{module.name} ends")

    def read(self, module, target):
        if not target.is_initialized:
            raise Thrown(f"ReferenceError: Cannot access 'v{target.name}' before initialization")
        self.lines.append(f"{module.name} reads v of {target.name}")

    def look(self, module, target):
        """`deferred.v` in a try: EnsureDeferredNamespaceEvaluation, then the value."""
        try:
            if not is_ready(target, []):
                raise Thrown("TypeError")
            root = self.evaluate(target)
            if root.error:
                raise root.error
            self.read(module, target)
        except Thrown as thrown:
            self.lines.append(f"{module.name} caught {thrown.said.split(':')[0]}")


def reachable(module):
    found, work = [], [module]
    while work:
        one = work.pop()
        if one not in found:
            found.append(one)
            work += [required for required, _ in one.requests]
    return found


def is_component_evaluated(module):
    return (module.cycle_root or module).status == "evaluated"


def gather(module, seen):
    if module in seen:
        return []
    seen.append(module)
    if module.status == "evaluating" or is_component_evaluated(module):
        return []
    if module.has_tla:
        return [module]
    return [m for required, _ in module.requests for m in gather(required, seen)]


def is_ready(module, seen):
    if module in seen:
        return True
    seen.append(module)
    if is_component_evaluated(module):
        return True
    if module.status in ("evaluating", "evaluating-async") or module.has_tla:
        return False
    return all(is_ready(required, seen) for required, _ in module.requests)
