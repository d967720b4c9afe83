package com.clarifai.databricks.cli;

import com.clarifai.databricks.console.Commands;

/** The page's commands, for tests of other packages. */
public final class PageCommands {

    private PageCommands() {}

    public static Commands all() {
        return new CommandForms();
    }
}
