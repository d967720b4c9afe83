package com.clarifai.databricks.cli;

import com.clarifai.databricks.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Print what lets a shell complete commands and options: bash, zsh or fish.",
            "",
            "The files in the folder completions of the distribution are the same."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(databricks-connect completion bash)",
            "  source <(databricks-connect completion zsh)",
            "  databricks-connect completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {

    /** The shells, and the file that each looks for. */
    enum Shell {
        bash("databricks-connect.bash"),
        zsh("_databricks-connect.zsh"),
        fish("databricks-connect.fish");

        private final String file;

        Shell(String file) {
            this.file = file;
        }

        String script(CommandLine root) {
            // zsh takes bash's script, in which it is made to
            return this == fish ? FishCompletion.of(root) : AutoComplete.bash(root.getCommandName(), root);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Shell shell;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Write the files of all three into this folder instead.")
    private Path folder;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        if (folder != null) {
            write(root);
        } else if (shell != null) {
            spec.commandLine().getOut().println(shell.script(root));
        } else {
            throw WrongOption.of(spec, "SHELL", "SHELL: which of bash, zsh and fish?");
        }
        return ExitCode.OK;
    }

    private void write(CommandLine root) {
        try {
            Files.createDirectories(folder);
            for (Shell each : Shell.values()) {
                Files.writeString(folder.resolve(each.file), each.script(root));
            }
        } catch (IOException e) {
            throw new InvalidSettingException("cannot write into the folder '" + folder + "' (--into): "
                    + e.getClass().getSimpleName());
        }
    }
}
