// Parsing alone, of a file that is read before: `parsingBench FILE [TIMES] [module | script]` prints the
// megabytes per second (10⁶ bytes, processor time) of the fastest run.
import Glibc
import ModuleSyntax

func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func contents(of path: String) -> [UInt8]? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let size = ftell(file)
  rewind(file)
  return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    count = fread(buffer.baseAddress, 1, size, file)
  }
}

let arguments = CommandLine.arguments
guard arguments.count > 1, let bytes = contents(of: arguments[1]) else {
  print("usage: parsingBench FILE [TIMES] [module | script]")
  exit(2)
}
let source = SourceText(bytes: bytes, name: arguments[1])
let times = arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1
let isScript = arguments.count > 3 && arguments[3] == "script"
var best = Double.infinity
for _ in 0..<times {
  let start = processorSeconds()
  do {
    if isScript {
      _ = try ParsedScript.parse(source)
    } else {
      _ = try ParsedModule.parse(source)
    }
  } catch {
    print("\(error.message) at \(source.position(at: error.range.start))")
    exit(1)
  }
  best = min(best, processorSeconds() - start)
}
let hundredths = Int(Double(bytes.count) / 1e4 / best)
print("\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)")
