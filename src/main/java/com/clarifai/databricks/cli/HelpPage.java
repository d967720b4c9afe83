package com.clarifai.databricks.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The help of a command: its own options first, then under headings of their own those that all commands have. A line is
 * broken between words only, an example where the next line can be pasted with it.
 */
final class HelpPage extends Help {

    /** Behind a full stop or hyphen within a word, as in {@code databricks.warehouse-id}, the parser would break a line. */
    private static final Pattern WITHIN_A_WORD = Pattern.compile("(?<=[\\w>])[.-](?=\\w)|(?<!\\S)--?(?=\\w)");

    /** What stand for the two meanwhile: characters without a meaning, which keep a word together. */
    private static final char FULL_STOP = '\uE000';

    private static final char HYPHEN = '\uE001';
    private static final String EXAMPLE = "  databricks-connect ";
    private static final String CONTINUED = " \\";
    private static final String INDENT = "      ";

    HelpPage(CommandSpec command, ColorScheme colors) {
        super(command, colors);
    }

    /** Of the options of all commands, the synopsis says only that there are some. */
    @Override
    protected Ansi.Text createDetailedSynopsisOptionsText(
            Collection<ArgSpec> done, List<OptionSpec> options, Comparator<OptionSpec> sort, boolean cluster) {
        List<OptionSpec> own = options.stream().filter(this::isOwn).toList();
        return super.createDetailedSynopsisOptionsText(done, own, sort, cluster);
    }

    @Override
    protected Ansi.Text createDetailedSynopsisEndOfOptionsText() {
        return super.createDetailedSynopsisEndOfOptionsText().concat(" [CONNECTION] [OUTPUT]");
    }

    /** {@link #optionList} has a heading for each part. */
    @Override
    public String optionListHeading(Object... parameters) {
        return "";
    }

    @Override
    public String optionList() {
        List<OptionSpec> visible = commandSpec().options().stream()
                .filter(option -> !option.hidden())
                .toList();
        return section("Options:", visible.stream().filter(option -> isOwn(option) && option.group() == null))
                + whole(optionListGroupSections())
                + section(
                        "Connection, where the settings do not have it:",
                        visible.stream().filter(HelpPage::isOfConnection))
                + section("Output:", visible.stream().filter(option -> !isOwn(option) && !isOfConnection(option)));
    }

    private boolean isOwn(OptionSpec option) {
        return !option.inherited() && commandSpec().parent() != null && !option.usageHelp() && !option.versionHelp();
    }

    private static boolean isOfConnection(OptionSpec option) {
        return option.userObject() instanceof Field field && field.getDeclaringClass() == ConnectionOptions.class;
    }

    private String section(String heading, Stream<OptionSpec> options) {
        List<OptionSpec> listed = options.toList();
        if (listed.isEmpty()) {
            return "";
        }
        Layout layout = createDefaultLayout();
        layout.addOptions(listed, parameterLabelRenderer());
        return String.format("%n%s%n%s", heading, whole(layout.toString()));
    }

    @Override
    public IOptionRenderer createDefaultOptionRenderer() {
        IOptionRenderer renderer = super.createDefaultOptionRenderer();
        return (option, labels, colors) -> kept(renderer.render(option, labels, colors), colors);
    }

    @Override
    public IParameterRenderer createDefaultParameterRenderer() {
        IParameterRenderer renderer = super.createDefaultParameterRenderer();
        return (parameter, labels, colors) -> kept(renderer.render(parameter, labels, colors), colors);
    }

    /** The last cell of each row is the description, the only one that is broken. */
    private static Ansi.Text[][] kept(Ansi.Text[][] rows, ColorScheme colors) {
        for (Ansi.Text[] row : rows) {
            int last = row.length - 1;
            row[last] = colors.ansi().new Text(kept(row[last].plainString()), colors);
        }
        return rows;
    }

    @Override
    public String parameterList() {
        return whole(super.parameterList());
    }

    @Override
    public String description(Object... parameters) {
        return paragraphs(commandSpec().usageMessage().description());
    }

    @Override
    public String footer(Object... parameters) {
        return paragraphs(Arrays.stream(commandSpec().usageMessage().footer())
                .flatMap(line -> line.startsWith(EXAMPLE) ? example(line).stream() : Stream.of(line))
                .toArray(String[]::new));
    }

    private String paragraphs(String... lines) {
        String[] kept = Arrays.stream(lines).map(HelpPage::kept).toArray(String[]::new);
        boolean wideCharacters = commandSpec().usageMessage().adjustLineBreaksForWideCJKCharacters();
        return whole(
                join(ansi(), width(), wideCharacters, kept, new StringBuilder()).toString());
    }

    private int width() {
        return commandSpec().usageMessage().width();
    }

    /** A command line that is too long, broken before an option as a shell would have it. */
    private List<String> example(String line) {
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder("  ");
        for (String word : line.strip().split(" (?=--)|(?<! --[a-z-]{1,30}) (?!--)")) {
            boolean first = current.toString().isBlank();
            if (!first && current.length() + 1 + word.length() + CONTINUED.length() > width()) {
                lines.add(current + CONTINUED);
                current = new StringBuilder(INDENT).append(word);
            } else {
                current.append(first ? "" : " ").append(word);
            }
        }
        lines.add(current.toString());
        return lines;
    }

    private static String kept(String text) {
        return WITHIN_A_WORD
                .matcher(text)
                .replaceAll(found -> found.group().replace('.', FULL_STOP).replace('-', HYPHEN));
    }

    private static String whole(String text) {
        return text.replace(FULL_STOP, '.').replace(HYPHEN, '-');
    }
}
