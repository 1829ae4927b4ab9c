package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A command with its arguments, and where each of them stands: a line, or an array of Redis.
 *
 * @param layer where they stand
 * @param all the command and its arguments
 */
record Words(Layer layer, List<Word> all) {
  record Word(int offset, int endOffset, String text) {}

  /** Returns the first words of a line, of which quotes hold several together. */
  static Words ofLine(Layer layer, int offset, int endOffset, int maxCount) {
    List<Word> words = new ArrayList<>();
    String text = layer.text();
    int i = offset;
    while (i < endOffset && words.size() < maxCount) {
      if (text.charAt(i) <= ' ') {
        i++;
        continue;
      }
      char quote = text.charAt(i) == '"' || text.charAt(i) == '\'' ? text.charAt(i) : ' ';
      int end = i + 1;
      while (end < endOffset
          && text.charAt(end) != quote
          && (quote != ' ' || text.charAt(end) > ' ')) {
        end += text.charAt(end) == '\\' && quote != ' ' ? 2 : 1;
      }
      int start = quote == ' ' ? i : i + 1;
      int wordEnd = Math.min(end, endOffset);
      words.add(new Word(start, wordEnd, text.substring(Math.min(start, wordEnd), wordEnd)));
      i = end + (quote == ' ' ? 0 : 1);
    }
    return new Words(layer, words);
  }

  int count() {
    return all.size();
  }

  /** Returns where a word in capitals stands first, or -1. */
  int indexOf(String word) {
    int index = 0;
    while (index < count() && !upper(index).equals(word)) {
      index++;
    }
    return index < count() ? index : -1;
  }

  /** Returns a word, or an empty text if there are not so many. */
  String text(int index) {
    return index < all.size() ? all.get(index).text : "";
  }

  /** Returns a word in capitals, or an empty text if there are not so many. */
  String upper(int index) {
    return text(index).toUpperCase(Locale.ROOT);
  }

  void mask(int index) {
    maskAfter(index, 0);
  }

  /** Masks a word but for its first characters. */
  void maskAfter(int index, int prefixLength) {
    if (index < all.size()) {
      layer.mask(all.get(index).offset + prefixLength, all.get(index).endOffset);
    }
  }

  /** Masks this word and all after it. */
  void maskFrom(int index) {
    if (index < all.size()) {
      layer.mask(all.get(index).offset, all.get(all.size() - 1).endOffset);
    }
  }
}
