package com.clarifai.databricks.app;

import com.clarifai.databricks.proxy.OutgoingProxy;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.settings.Settings;

/** What to do about a proxy that does not let through. */
final class ProxyProblems {

    private static final String PASS_BY =
            OutgoingProxy.BYPASS + " (" + Settings.environmentName(OutgoingProxy.BYPASS) + ", NO_PROXY)";
    private static final String LOGIN = OutgoingProxy.USER + " and " + OutgoingProxy.PASSWORD + " ("
            + Settings.environmentName(OutgoingProxy.USER) + ", " + Settings.environmentName(OutgoingProxy.PASSWORD)
            + "), or user and password in ";

    private ProxyProblems() {}

    static String hint(ProxyException problem) {
        String setting = setting(problem);
        return switch (problem.kind()) {
            case UNKNOWN, UNREACHABLE ->
                "; check " + setting + ", or list the host in " + PASS_BY + " if it is reached without";
            case LOGIN_NEEDED -> "; set " + LOGIN + setting;
            case LOGIN_REFUSED ->
                "; check " + LOGIN + setting
                        + problem.javaOption()
                                .map(option -> "; or Java withholds the password: start it with " + option)
                                .orElse("");
            case TARGET_REFUSED ->
                "; allow that host there, or list the host in " + PASS_BY + " if it is reached without";
            case TARGET_UNREACHABLE ->
                "; check the host's address, or list it in " + PASS_BY + " if it is reached without " + setting;
        };
    }

    private static String setting(ProxyException problem) {
        return problem.setting().equals(OutgoingProxy.URL)
                ? OutgoingProxy.URL + " (" + Settings.environmentName(OutgoingProxy.URL) + ")"
                : problem.setting();
    }
}
