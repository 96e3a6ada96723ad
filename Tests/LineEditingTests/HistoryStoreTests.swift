import Glibc
import Testing

@testable import LineEditing

/// A directory of its own, gone with the value.
private final class Scratch {
  let path: String

  init() {
    var template = Array("/tmp/modlab-tests-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
  }

  deinit {
    unlink(path + "/state/history")
    rmdir(path + "/state")
    unlink(path + "/history")
    rmdir(path)
  }

  func write(_ text: String, to name: String) {
    let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  func read(_ name: String) -> String {
    let file = open("\(path)/\(name)", O_RDONLY)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = Glibc.read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}

@Test(arguments: [
  "plain", "two\nlines", "\"quoted\" \\ back", "tab\there", "é漢😀", "\u{1}\u{7F}", "e\u{301}",
  "\u{301}starts with a combining mark", "ends with a combining\u{301}",
])
func `an entry is one line and comes back whole`(text: String) {
  let line = HistoryLine.encode(text)
  #expect(line.filter { $0 == 0x0A }.count == 1)
  #expect(HistoryLine.decode(line.dropLast()) == text)
}

@Test(arguments: [
  "", "\"", "\"\"", "plain", "\"torn", "\"a\"b\"", "\"\\\"", "\"\\u12\"", "{\"a\":1}",
])
func `a line that is not ours is not an entry`(line: String) {
  #expect(HistoryLine.decode(Array(line.utf8)) == nil)
}

@Test func `no entry occurs twice and the newest is last`() {
  let store = HistoryStore(path: nil, limit: 3)
  #expect(store.append("a") == .added)
  #expect(store.append("b") == .added)
  #expect(store.append("a") == .moved)
  #expect(store.append("a") == .ignored)
  #expect(store.append("  ") == .ignored)
  #expect(store.append(" private") == .ignored)
  #expect(store.entries == ["b", "a"])
  _ = store.append("c")
  _ = store.append("d")
  #expect(store.entries == ["a", "c", "d"])
}

@Test func `several sessions append to one private file`() {
  let scratch = Scratch()
  let path = scratch.path + "/state/history"
  let first = HistoryStore(path: path)
  let second = HistoryStore(path: path)
  _ = first.append("one")
  _ = second.append("two")
  _ = first.append("three\nlines")
  #expect(HistoryStore(path: path).entries == ["one", "two", "three\nlines"])
  var status = stat()
  #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  #expect(stat(scratch.path + "/state", &status) == 0 && status.st_mode & 0o777 == 0o700)
}

@Test func `foreign and torn lines stay in the file`() {
  let scratch = Scratch()
  scratch.write("_HiStOrY_V2_\n\"good\"\n\"torn", to: "history")
  let store = HistoryStore(path: scratch.path + "/history")
  #expect(store.entries == ["good"])
  _ = store.append("new")
  #expect(scratch.read("history") == "_HiStOrY_V2_\n\"good\"\n\"torn\n\"new\"\n")
}

@Test func `trimming keeps the newest entries and what is not ours`() {
  let scratch = Scratch()
  scratch.write("foreign\n" + (0..<300).map { "\"e\($0)\"\n" }.joined(), to: "history")
  let store = HistoryStore(path: scratch.path + "/history", limit: 2)
  #expect(store.entries == ["e298", "e299"])
  #expect(scratch.read("history") == "foreign\n\"e298\"\n\"e299\"\n")
}

@Test func `a place that cannot be written is one warning`() {
  let store = HistoryStore(path: "/proc/nowhere/history")
  #expect(store.append("kept in memory") == .added)
  #expect(store.warning?.hasPrefix("cannot write history file /proc/nowhere/history") == true)
  #expect(store.entries == ["kept in memory"])
}

@Test func `the file is in the state directory`() {
  #expect(
    HistoryStore.defaultPath { ["XDG_STATE_HOME": "/s", "HOME": "/h"][$0] } == "/s/modlab/history")
  #expect(
    HistoryStore.defaultPath { ["XDG_STATE_HOME": "s", "HOME": "/h"][$0] }
      == "/h/.local/state/modlab/history")
  #expect(HistoryStore.defaultPath { _ in nil } == nil)
}
