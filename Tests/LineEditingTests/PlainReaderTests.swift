import Glibc
import LineEditing
import Testing

/// What a reader makes of bytes that arrive through a pipe.
private func read(_ bytes: [UInt8]) -> (inputs: [Input], hasReplacements: Bool) {
  var ends: [Int32] = [0, 0]
  pipe(&ends)
  _ = bytes.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
  close(ends[1])
  defer { close(ends[0]) }
  let reader = PlainReader(input: ends[0], output: -1)
  var inputs: [Input] = []
  while inputs.last != .endOfInput { inputs.append(reader.readLine()) }
  return (inputs, reader.hasReplacements)
}

@Test(arguments: [
  ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]),
  ("a\r\nb\r\n", ["a", "b"]), ("\n\nx", ["", "", "x"]), ("é漢😀\n", ["é漢😀"]),
])
func `lines end at line breaks or at the end`(text: String, lines: [String]) {
  let result = read(Array(text.utf8))
  #expect(result.inputs == lines.map { .line($0) } + [.endOfInput])
  #expect(!result.hasReplacements)
}

@Test(
  arguments: [
    ([0x61, 0x00, 0x62], "a\u{FFFD}b"), ([0xFF], "\u{FFFD}"), ([0xC3, 0x28], "\u{FFFD}("),
  ] as [([UInt8], String)])
func `what is not text is replaced and reported`(bytes: [UInt8], line: String) {
  let result = read(bytes)
  #expect(result.inputs == [.line(line), .endOfInput])
  #expect(result.hasReplacements)
}
