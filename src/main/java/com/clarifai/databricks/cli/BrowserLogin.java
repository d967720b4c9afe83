package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.DatabricksSignIn;
import com.clarifai.databricks.databricks.BrowserSignIn;
import com.clarifai.databricks.databricks.TokenCache;
import com.clarifai.databricks.databricks.UserTokens;
import com.clarifai.databricks.databricks.WorkspaceAddress;
import com.clarifai.databricks.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Has a user sign in with the browser of this machine, and keeps the tokens where the Databricks CLI keeps its own. */
final class BrowserLogin {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private BrowserLogin() {}

    /** @param open whether to open the browser, whose address is printed anyway */
    static void run(Settings settings, boolean open, PrintWriter out) {
        try (BrowserSignIn signIn = DatabricksSignIn.begin(settings)) {
            out.println("Sign in with a browser of this machine, at");
            out.println("  " + signIn.url());
            out.flush();
            if (open) {
                open(signIn.url().toString());
            }
            UserTokens tokens = signIn.await(PATIENCE);
            TokenCache.of(settings.get("databricks.token-cache-file"))
                    .change(
                            WorkspaceAddress.parse(settings.get("databricks.host"))
                                    .host(),
                            before -> tokens);
        }
    }

    /** The address is on the screen as well, so that it does not matter when there is no browser to open. */
    private static void open(String url) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("win")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                : system.contains("mac") ? List.of("open", url) : List.of("xdg-open", url);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // said above
        }
    }
}
