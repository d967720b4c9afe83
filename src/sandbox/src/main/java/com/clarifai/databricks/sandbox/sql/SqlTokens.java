package com.clarifai.databricks.sandbox.sql;

import java.util.function.BiFunction;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;

/** Changes single tokens of a statement, as Spark's own parser sees them. */
final class SqlTokens {

    private SqlTokens() {}

    /** @param replacement takes the token before, or null, and a token; null for one that stays */
    static String replace(String sql, BiFunction<Token, Token, String> replacement) {
        SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(sql)));
        lexer.removeErrorListeners();
        // tokens count code points
        int[] text = sql.codePoints().toArray();
        StringBuilder result = new StringBuilder();
        int copied = 0;
        Token previous = null;
        for (Token token : lexer.getAllTokens()) {
            String other = replacement.apply(previous, token);
            if (other != null) {
                result.append(new String(text, copied, token.getStartIndex() - copied))
                        .append(other);
                copied = token.getStopIndex() + 1;
            }
            // comments and spaces are on another channel
            previous = token.getChannel() == Token.DEFAULT_CHANNEL ? token : previous;
        }
        return result.append(new String(text, copied, text.length - copied)).toString();
    }
}
