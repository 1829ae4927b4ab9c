package dev.partyline.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.samples.docs.Page.Block;
import dev.partyline.script.Script;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every block and every link of the documentation is checked. */
class DocsTest {
  private static final Page README = Page.of(Page.ROOT.resolve("README.md"));
  private static final Pattern TREE_LINE = Pattern.compile("(?m)^( *)(\\S+/(?: \\S+/)*)");
  private static final Pattern COORDINATES =
      Pattern.compile("dev\\.partyline:([\\w-]+):([\\w.-]+)");
  private static final Set<String> LANGUAGES =
      Set.of(
          "java", "text", "wire", "xml", "kotlin", "properties", "sh", "yaml", "tree", "imports");

  @Test
  void everyBlockIsOfAKindThatIsChecked() {
    assertThat(blocks()).extracting(Block::language).isSubsetOf(LANGUAGES);
  }

  @Test
  void everyBlockOfJavaIsPartOfARecipe() {
    Set<String> parts = Recipes.parts();
    assertThat(blocks("java")).hasSizeGreaterThan(20);
    for (Block block : blocks("java")) {
      assertThat(parts).as("the recipes, one of which is " + block).contains(block.text());
    }
  }

  @Test
  void everyOutputIsCompared() {
    List<String> sources =
        Recipes.sources().stream().map(Page::read).map(DocsTest::withoutSpaces).toList();
    for (Block block : blocks("text")) {
      assertThat(block.name()).as("the name of " + block).isNotEmpty();
      assertThat(sources)
          .as("the recipes, one of which compares " + block)
          .anyMatch(source -> source.contains("assertShown(\"" + block.name() + "\""));
    }
  }

  @Test
  void everyScriptIsValid() {
    for (Block block : blocks("wire")) {
      Script script = Script.parse(block.text());
      assertThat(Script.parse(script.toString())).as("%s", block).isEqualTo(script);
    }
  }

  @Test
  void everyBlockOfXmlIsInAProjectThatIsBuilt() {
    String version = version();
    List<String> projects =
        Recipes.files(Path.of("src"), "pom.xml").stream()
            .map(Page::read)
            .map(pom -> pom.replace("@project.version@", version))
            .map(DocsTest::withoutSpaces)
            .toList();
    for (Block block : blocks("xml")) {
      assertThat(projects)
          .as("%s", block)
          .anyMatch(pom -> pom.contains(withoutSpaces(block.text())));
    }
  }

  @Test
  void gradleIsGivenTheCoordinatesOfTheProject() {
    for (Page page : Page.all()) {
      for (MatchResult name : COORDINATES.matcher(Page.read(page.path())).results().toList()) {
        String artifact = name.group(1).substring("partyline-".length());
        assertThat(Page.ROOT.resolve(artifact).resolve("pom.xml")).exists();
        assertThat(name.group(2)).as("%s", page.path()).isEqualTo(version());
      }
    }
  }

  @Test
  void everyFolderOfATreeIsThere() {
    for (Block block : blocks("tree")) {
      List<Path> parents = new ArrayList<>(List.of(Page.ROOT));
      for (MatchResult line : TREE_LINE.matcher(block.text()).results().toList()) {
        int depth = line.group(1).length() / 2;
        parents.subList(depth + 1, parents.size()).clear();
        for (String folder : line.group(2).split(" ", -1)) {
          Path path = parents.get(depth).resolve(folder);
          assertThat(path).as("%s", block).isDirectory();
          parents.subList(depth + 1, parents.size()).clear();
          parents.add(path);
        }
      }
    }
  }

  @Test
  void theTableOfImportsIsTheOneThatIsTested() {
    String test = "toolkit/src/test/java/dev/partyline/architecture/ArchitectureTest.java";
    assertThat(blocks("imports"))
        .singleElement()
        .satisfies(block -> assertThat(Page.read(Page.ROOT.resolve(test))).contains(block.text()));
  }

  @Test
  void everyBuildKeepsTheFolderThatJUnitWritesTo() {
    assertThat(blocks("yaml"))
        .extracting(Block::text)
        .allMatch(text -> text.contains("/target/junit-jupiter/"));
  }

  @Test
  void everyLinkLeadsSomewhere() {
    for (Page page : Page.all()) {
      for (String link : page.links()) {
        if (link.startsWith("https://")) {
          assertThat(URI.create(link).getHost()).as(page.path() + ": " + link).isNotEmpty();
        } else {
          assertLeadsSomewhere(page, link);
        }
      }
    }
  }

  private static void assertLeadsSomewhere(Page page, String link) {
    String[] parts = (link + " ").split("#", 2);
    String file = parts[0].strip();
    Path target = file.isEmpty() ? page.path() : page.path().resolveSibling(file);
    assertThat(Files.exists(target)).as(page.path() + ": " + link).isTrue();
    if (parts.length == 2) {
      assertThat(Page.of(target).anchors())
          .as(page.path() + ": " + link)
          .contains(parts[1].strip());
    }
  }

  @Test
  void theReadmeIsShortAndBeginsWithCode() {
    List<String> lines = Page.read(README.path()).lines().toList();
    assertThat(lines).hasSizeLessThanOrEqualTo(200);
    assertThat(lines.indexOf("```java")).isBetween(0, 11);
  }

  @Test
  void noRecipeIsLongerThanSeventyLines() {
    for (Path source : Recipes.sources()) {
      if (!source.toString().contains("samples/docs")) {
        assertThat(Page.read(source).lines()).as(source.toString()).hasSizeLessThanOrEqualTo(70);
      }
    }
  }

  private static List<Block> blocks(String language) {
    return blocks().stream().filter(block -> block.language().equals(language)).toList();
  }

  private static List<Block> blocks() {
    return Page.all().stream().flatMap(page -> page.blocks().stream()).toList();
  }

  private static String version() {
    return Pattern.compile("<artifactId>partyline-parent</artifactId>\\s*<version>([^<]+)")
        .matcher(Page.read(Page.ROOT.resolve("pom.xml")))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private static String withoutSpaces(String text) {
    return text.replaceAll("\\s", "");
  }
}
