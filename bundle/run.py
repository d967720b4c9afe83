"""Runs databricks-connect on the machine of a job, in a process of its own, as its libraries are not those of Spark.

Parameters: the path of its archive, then its command line. Settings come from the environment, which the job's cluster takes
from a secret scope. The task fails when the command does.
"""

import glob
import os
import subprocess
import sys
import tarfile
import tempfile


def main(archive, command):
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as files:
            files.extractall(folder, filter="data")
        (program,) = glob.glob(os.path.join(folder, "databricks-connect-*", "bin", "databricks-connect"))
        with subprocess.Popen([program, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
            for line in run.stdout:
                print(line, end="", flush=True)
        return run.returncode


# a task whose program exits, even with 0, counts as failed in some runtimes
if (code := main(sys.argv[1], sys.argv[2:])) != 0:
    raise RuntimeError(f"databricks-connect {' '.join(sys.argv[2:4])} ended with exit code {code}")
