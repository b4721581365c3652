"""Problems that a user can mend, told apart from bugs."""


class EnvironmentProblem(Exception):
    """Something outside the program is not as it must be, and the user can mend it.

    The message is one line: what is wrong, where, and what to do about it. Commands print it on
    stderr and exit with 1; the window shows it. Every other exception is a bug and keeps its
    traceback.
    """


class CameraProblem(EnvironmentProblem):
    """A camera, recording or stream cannot be opened, or stopped giving pictures."""


class BundleProblem(EnvironmentProblem):
    """A model bundle or face model is missing, damaged or not what it says it is."""


class EngineProblem(EnvironmentProblem):
    """An engine that scores faces is not to be had on this machine, or failed while it ran."""


class StoreProblem(EnvironmentProblem):
    """The session store cannot be read or written."""


class StoreGone(StoreProblem):
    """The session store's files were deleted or moved away while a session was written to them."""


class DataProblem(EnvironmentProblem):
    """Training or evaluation data cannot be used as given."""
