import Session

extension CaseScript {
  mutating func write(_ step: JSONValue, _ observed: JSONValue) throws {
    let operation = step["op"]?.string ?? ""
    let module = step["module"]?.string ?? ""
    let known = (observed["statuses"] ?? nil).keys
    let object = Self.module(module)
    let name = Self.name(module)
    if !module.isEmpty, !known.contains(module) {
      // The harness itself failed here: there is no such module.
      return add("status \(name)", .missing)
    }
    switch operation {
    case "link":
      add(step["linker"] == "none" ? "js await \(object).link(undefined)" : "link \(name)")
    case "linkStart": start("\(module):link", "\(object).link(__h.linker)", known)
    case "evaluateStart": start("\(module):eval", "\(object).evaluate()", known)
    case "linkAwait": add("js await __h.pending[\(JSONValue.string("\(module):link").text)]")
    case "evaluateAwait": add("js await __h.pending[\(JSONValue.string("\(module):eval").text)]")
    case "linkRequests": writeLinkRequests(step)
    case "instantiate": add("instantiate \(name)")
    case "evaluate": writeEvaluate(step)
    case "setExport":
      let value = step["value"]?.text ?? "undefined"
      let export = step["name"] ?? nil
      add(
        export.string.map { "set \(name).\($0) = \(value)" }
          ?? "js \(object).setExport(\(export.text), \(value))")
    case "namespace":
      add("namespace \(name)", .namespace)
      if step["inspect"] == true { add("js \(object).namespace", .text) }
      add("js __h.ns(\(object))", .namespaceValue)
    case "wait": add("tick \(step["ms"]?.number ?? 20)", .quiet)
    case "inspect": add("js \(object)", .text)
    case "nsSet", "nsDefine", "nsFreeze": add("js \(try expression(step))")
    default: add("js \(try expression(step))", .value)
    }
  }

  private mutating func start(_ key: String, _ call: String, _ names: [String]) {
    let key = JSONValue.string(key).text
    add("js (__h.start(\(key), \(call)), __h.snap(\(JSONValue.strings(names).text)))", .sync)
    add("tick 0", .quiet)
  }

  private mutating func writeLinkRequests(_ step: JSONValue) {
    let module = step["module"]?.string ?? ""
    let dependencies = (step["modules"] ?? nil).array
    let names = dependencies.compactMap(\.string)
    guard names.count < dependencies.count else {
      return add(
        (["link-requests", Self.name(module)] + names.map(Self.name)).joined(separator: " "))
    }
    let arguments = dependencies.map { dependency in
      if dependency == .null { return "undefined" }
      return dependency.string.map(Self.module) ?? "__h.rule(\(dependency.text))"
    }
    add("js \(Self.module(module)).linkRequests([\(arguments.joined(separator: ", "))])")
  }

  private mutating func writeEvaluate(_ step: JSONValue) {
    let module = step["module"]?.string ?? ""
    let options = step.members.filter { ["timeout", "breakOnSigint"].contains($0.key) }
    let timeout = step["timeout"]?.number
    if options.isEmpty {
      add("evaluate \(Self.name(module))")
    } else if options.count == 1, let timeout, timeout > 0 {
      add("evaluate \(Self.name(module)) --timeout \(timeout)")
    } else {
      add("js await \(Self.module(module)).evaluate(\(JSONValue.object(options).text))")
    }
  }

  private func expression(_ step: JSONValue) throws -> String {
    let module = Self.module(step["module"]?.string ?? "")
    let name = (step["name"] ?? nil).text
    let value = (step["value"] ?? nil).text
    switch step["op"]?.string {
    case "error": return "__h.describe(\(module).error)"
    case "status": return "\(module).status"
    case "identifier": return "\(module).identifier"
    case "dependencySpecifiers": return "[...\(module).dependencySpecifiers]"
    case "moduleRequests": return "__h.requests(\(module))"
    case "hasTopLevelAwait": return "\(module).hasTopLevelAwait()"
    case "hasAsyncGraph": return "\(module).hasAsyncGraph()"
    case "createCachedData": return "__h.cached(\(module))"
    case "nsCall":
      let arguments = (step["args"] ?? nil).array.map(\.text).joined(separator: ", ")
      return "__h.clone(await \(module).namespace[\(name)](\(arguments)))"
    case "nsSet": return "__h.nsSet(\(module), \(name), \(value))"
    case "nsDelete": return "__h.nsDelete(\(module), \(name))"
    case "nsDefine": return "__h.nsDefine(\(module), \(name), \(value))"
    case "nsInfo": return "__h.info(\(module))"
    case "nsDescriptor":
      return "__h.clone(Object.getOwnPropertyDescriptor(\(module).namespace, \(name)))"
    case "nsHas": return "\(name) in \(module).namespace"
    case "nsFreeze": return "void Object.freeze(\(module).namespace)"
    case "nsSetProto":
      let prototype = step["value"] == "null" ? "null" : "({})"
      return "Reflect.setPrototypeOf(\(module).namespace, \(prototype))"
    case "nsStringify": return "JSON.stringify(\(module).namespace)"
    case let other: throw Inexpressible(reason: "operation \(other ?? "none")")
    }
  }
}
