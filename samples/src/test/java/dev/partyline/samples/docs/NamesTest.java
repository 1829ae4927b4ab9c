package dev.partyline.samples.docs;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages name is there, and what is there is named by a page. */
class NamesTest {
  private static final Pattern MEMBER = Pattern.compile("\\b([A-Z]\\w*)\\.(\\w+)");
  private static final Pattern CALL = Pattern.compile("(?<![\\w$])([a-z]\\w*)\\(");
  private static final Pattern NAMED_PROPERTY =
      Pattern.compile("(?:-D|`)(partyline\\.[a-z][\\w.]*\\w)");
  private static final Pattern READ_PROPERTY = Pattern.compile("\"(partyline\\.[\\w.]+)\"");
  private static final Set<String> NAMES_OF_OTHERS = Set.of("testImplementation");
  private static final Map<String, Class<?>> TYPES = PublicApi.types();

  /** A changelog also names what is no longer there. */
  private static Stream<Page> pages() {
    return Page.all().stream().filter(page -> !page.path().endsWith("CHANGELOG.md"));
  }

  @Test
  void everyMemberThatIsNamedWithItsTypeIsThere() {
    pages()
        .forEach(
            page ->
                found(MEMBER, page)
                    .filter(member -> TYPES.containsKey(member.group(1)))
                    .filter(member -> !member.group(2).equals("class"))
                    .forEach(
                        member ->
                            assertThat(PublicApi.members(TYPES.get(member.group(1))))
                                .as("%s: `%s`", page.path(), member.group())
                                .contains(member.group(2))));
  }

  @Test
  void everyMethodThatIsNamedIsInTheApiOrInARecipe() {
    Set<String> methods =
        TYPES.values().stream().flatMap(type -> PublicApi.members(type).stream()).collect(toSet());
    String recipes = Recipes.sources().stream().map(Page::read).collect(joining());
    pages()
        .forEach(
            page ->
                found(CALL, page)
                    .map(call -> call.group(1))
                    .filter(name -> !methods.contains(name) && !NAMES_OF_OTHERS.contains(name))
                    .forEach(
                        name ->
                            assertThat(recipes.contains(name + "("))
                                .as("%s: `%s(`", page.path(), name)
                                .isTrue()));
  }

  @Test
  void everyPropertyThatIsNamedIsRead() {
    String sources = text("src/main") + text("src/test") + text("pom.xml");
    pages()
        .flatMap(page -> NAMED_PROPERTY.matcher(Page.read(page.path())).results())
        .map(property -> property.group(1))
        .forEach(property -> assertThat(sources.contains(property)).as(property).isTrue());
  }

  @Test
  void everyPropertyThatTheToolkitReadsIsNamed() {
    String pages = pages().map(page -> Page.read(page.path())).collect(joining());
    List<String> properties =
        READ_PROPERTY.matcher(text("src/main")).results().map(each -> each.group(1)).toList();
    assertThat(properties).isNotEmpty();
    assertThat(properties).filteredOn(property -> !pages.contains(property)).isEmpty();
  }

  /** Returns all files of that place in each module. */
  private static String text(String place) {
    return Stream.of("", "toolkit", "toolkit-junit5", "toolkit-junit5/engine", "samples")
        .map(module -> Page.ROOT.resolve(module).resolve(place))
        .filter(Files::exists)
        .flatMap(path -> Recipes.files(path, "").stream())
        .filter(path -> !path.toString().endsWith(".pcap"))
        .map(Page::read)
        .collect(joining());
  }

  private static Stream<MatchResult> found(Pattern pattern, Page page) {
    return page.inlineCode().stream().flatMap(code -> pattern.matcher(code).results());
  }
}
