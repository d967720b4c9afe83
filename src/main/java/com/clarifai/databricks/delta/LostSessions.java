package com.clarifai.databricks.delta;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** Has the pool give up a connection whose session the server has forgotten; the driver itself takes it for valid. */
final class LostSessions implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException problem) {
        return SqlFailure.of(problem) == SqlFailure.LOST_SESSION ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
