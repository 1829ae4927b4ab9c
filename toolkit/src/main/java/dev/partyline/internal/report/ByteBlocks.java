package dev.partyline.internal.report;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The bytes of a page, one after the other, in blocks: those at both ends lie in the page, the
 * others in files beside it that the page loads when it needs them.
 */
public final class ByteBlocks {
  private final int blockSize;
  private final int inlineCount;
  private final List<ByteArrayOutputStream> blocks = new ArrayList<>();

  /**
   * Starts without bytes.
   *
   * @param blockSize how many bytes a block has; the last may have fewer
   * @param inlineCount how many blocks lie in the page
   */
  public ByteBlocks(int blockSize, int inlineCount) {
    this.blockSize = blockSize;
    this.inlineCount = inlineCount;
  }

  /** Adds bytes at the end. */
  public void add(Bytes more) {
    for (int offset = 0; offset < more.size(); ) {
      ByteArrayOutputStream block = lastBlock();
      int endOffset = Math.min(more.size(), offset + blockSize - block.size());
      block.writeBytes(more.slice(offset, endOffset).toArray());
      offset = endOffset;
    }
  }

  /** Returns a block with room. */
  private ByteArrayOutputStream lastBlock() {
    if (blocks.isEmpty() || blocks.get(blocks.size() - 1).size() == blockSize) {
      blocks.add(new ByteArrayOutputStream());
    }
    return blocks.get(blocks.size() - 1);
  }

  /** Returns how many blocks there are. */
  public int count() {
    return blocks.size();
  }

  /** Returns whether a block lies in the page. */
  public boolean isInline(int index) {
    return index < inlineCount / 2 || index >= count() - inlineCount / 2;
  }

  /**
   * Writes the blocks that lie in the page.
   *
   * @param name what the names of the files with the others begin with
   */
  public void write(JsonWriter json, String name) {
    json.name("blocks").beginObject().member("name", name);
    json.member("size", blockSize).member("count", count());
    json.name("inline").beginObject();
    for (int index = 0; index < count(); index++) {
      if (isInline(index)) {
        json.name(Integer.toString(index)).base64(encode(index));
      }
    }
    json.endObject().endObject();
  }

  /** Returns the script of a block that lies in a file of its own. */
  public String script(int index) {
    return "partylineBlock(" + index + ",\"" + encode(index) + "\");\n";
  }

  private String encode(int index) {
    return Base64.getEncoder().encodeToString(blocks.get(index).toByteArray());
  }
}
