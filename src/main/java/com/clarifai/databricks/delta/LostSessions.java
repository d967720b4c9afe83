package com.clarifai.databricks.delta;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Has the pool give up a connection whose session the server has forgotten; the driver itself takes it for valid. */
final class LostSessions implements SQLExceptionOverride {

    private static final Pattern LOST = Pattern.compile("(?is).*(invalid[ _]?session|session\\S* (\\S+ )?(was closed"
            + "|is closed|has expired|expired|not found|does not exist|is not valid)).*");

    @java.lang.Override
    public Override adjudicate(SQLException problem) {
        return LOST.matcher(String.valueOf(problem.getMessage())).matches()
                ? Override.MUST_EVICT
                : Override.CONTINUE_EVICT;
    }
}
