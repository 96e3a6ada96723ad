import Glibc
import ModuleSyntax
import Testing

@testable import Session

@Suite struct FileReadingTests {
  /// A directory of its own, removed afterwards.
  func withDirectory(_ body: (String) throws -> Void) rethrows {
    var template = Array("/tmp/modlab-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { rmdir(path) }
    try body(path)
  }

  @Test func `a file is read whole and written whole`() throws {
    try withDirectory { directory in
      let path = directory + "/a"
      for count in [0, 1, 16 << 10, 100_000] {
        let bytes = (0..<count).map { UInt8($0 % 128) }
        try FileWriting.replace(path, with: bytes)
        #expect(try FileReading.text(of: path) == bytes)
      }
      unlink(path)
    }
  }

  @Test func `each way to fail has its reason`() throws {
    try withDirectory { directory in
      #expect(throws: FileProblem.notThere) { try FileReading.bytes(of: directory + "/none") }
      #expect(throws: FileProblem.isDirectory) { try FileReading.bytes(of: directory) }
      #expect(throws: FileProblem.nameHasNUL) { try FileReading.bytes(of: "a\u{0}b") }
      let path = directory + "/a"
      try FileWriting.replace(path, with: [0x61, 0x0A, 0xC3, 0x28])
      #expect(throws: FileProblem.notUTF8(offset: 2, line: 2)) { try FileReading.text(of: path) }
      #expect(throws: FileProblem.partIsNoDirectory) { try FileReading.bytes(of: path + "/b") }
      unlink(path)
    }
  }

  @Test func `the error names the file as it was typed`() {
    do throws(CommandError) {
      _ = try FileReading.text(of: FileReference("no/such file"))
    } catch {
      #expect(error.message == "cannot read \"no/such file\": there is no such file")
    }
  }

  @Test(
    arguments: [
      ([0x61], nil), ([0xC3, 0xA9], nil), ([0xED, 0xA0, 0x80], 0), ([0xC0, 0x80], 0),
      ([0xF0, 0x9F, 0x98, 0x80], nil), ([0xF4, 0x90, 0x80, 0x80], 0), ([0x61, 0xE2, 0x82], 1),
      ([0xE0, 0x80, 0x80], 0), ([0xFF], 0), ([0xE2, 0x82, 0xAC], nil),
      (Array(repeating: 0x61, count: 23) + [0x80], 23),
      (Array(repeating: 0x61, count: 32) + [0xC3, 0xA9, 0x61, 0xFF], 35),
    ] as [([UInt8], Int?)])
  func `the first byte that is not UTF-8 is found`(bytes: [UInt8], offset: Int?) {
    #expect(FileReading.firstInvalidUTF8(bytes) == offset)
  }

  @Test(arguments: [
    ("b", "/x/a", "/x/b"), ("../b", "/x/y/a", "/x/b"), ("/b", "/x/a", "/b"), ("b", "a", "b"),
    ("./b", "x/a", "x/b"), ("../../b", "x/a", "../b"), ("..", "/a", "/"),
  ])
  func `relative paths start at the script`(path: String, script: String, resolved: String) {
    #expect(FilePath.resolve(path, relativeToFile: script) == resolved)
  }

  @Test(arguments: [
    ("", "."), (".", "."), ("./", "."), ("/", "/"), ("//", "/"), ("/.", "/"), ("/..", "/"),
    ("a/..", "."), ("/a/..", "/"), ("a/b/../..", "."), ("../..", "../.."), ("../a/..", ".."),
    ("a/../../b", "../b"), ("/a/../../b", "/b"), ("a//b/", "a/b"), ("a/.b/..c/...", "a/.b/..c/..."),
    ("./é/../ü.mjs", "ü.mjs"), ("/a/b.mjs", "/a/b.mjs"),
  ])
  func `a path is normalized`(path: String, normalized: String) {
    #expect(FilePath.normalized(path) == normalized)
  }

  @Test(arguments: [
    ("a.mjs", ".mjs"), ("x.y/a", ""), ("/x/.mjs", ".mjs"), ("a.b.js", ".js"), ("a.", "."), ("", ""),
  ])
  func `the extension of a file`(path: String, ending: String) {
    #expect(FilePath.extension(of: path) == ending)
  }

  @Test(arguments: [
    ("/x/y/a", "/x/y", "a"), ("/x/a", "/x/y", "../a"), ("/a", "/x/y", "../../a"), ("/x", "/x", "."),
    ("/x/yz", "/x/y", "../yz"), ("/x/a", "/", "x/a"),
  ])
  func `a way leads from a directory to a path`(path: String, directory: String, way: String) {
    #expect(FilePath.relative(path, to: directory) == way)
  }

  @Test(arguments: [
    ("mian", ["main", "dep"], ["main"]), ("lnik", ["link"], ["link"]), ("dpe", ["dep"], ["dep"]),
    ("abc", ["xyz"], []), ("Main", ["main"], ["main"]), ("", ["a"], []),
    ("modle", ["module", "model", "mode"], ["mode", "model", "module"]),
  ])
  func `near names are proposed`(word: String, names: [String], near: [String]) {
    #expect(NearestNames.of(word, among: names) == near)
  }
}
