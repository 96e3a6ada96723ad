internal import CJavaScriptCore

/// The arguments of a call from JavaScript to Swift, read where they stand: valid during the call.
public struct CallArguments {
  let call: NativeCall

  public var count: Int { call.count }

  /// An argument, kept alive; undefined for one that was not given.
  public subscript(index: Int) -> JavaScriptValue { call.value(index) }

  public func int(_ index: Int) -> Int { call.int(index) }
  public func boolean(_ index: Int) -> Bool { call.bool(index) }

  /// What ToString gives.
  public func text(_ index: Int) -> String { call.string(index) }

  /// The same in UTF-8; a lone surrogate is U+FFFD.
  public func utf8(_ index: Int) -> [UInt8] {
    guard let string = call.realm.stringCopy(call[index]) else { return [] }
    defer { JSStringRelease(string) }
    return JavaScriptString.utf8(string)
  }

  public func isUndefined(_ index: Int) -> Bool {
    JSValueIsUndefined(call.realm.context, call[index])
  }

  public func isFunction(_ index: Int) -> Bool {
    guard let object = call.realm.object(call[index]) else { return false }
    return JSObjectIsFunction(call.realm.context, object)
  }
}
