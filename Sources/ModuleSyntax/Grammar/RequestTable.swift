/// Finds a ModuleRequest Record among those that a module has already; few are compared in place.
/// https://tc39.es/ecma262/#sec-ModuleRequestsEqual
struct RequestTable {
  private static let smallCount = 8

  private var indices: [[UInt8]: Int] = [:]

  /// The index of a request that is equal to `request`, by code units, in `requests`, which only
  /// grows from call to call.
  mutating func index(of request: ModuleRequest, in requests: [ModuleRequest]) -> Int? {
    let wanted = Self.key(request)
    if requests.count <= Self.smallCount {
      return requests.firstIndex { Self.key($0) == wanted }
    }
    while indices.count < requests.count {
      indices[Self.key(requests[indices.count])] = indices.count
    }
    return indices[wanted]
  }

  /// Specifier, phase, keys and values, between bytes that no UTF-8 has.
  private static func key(_ request: ModuleRequest) -> [UInt8] {
    var key = Array(request.specifier.utf8)
    switch request.phase {
    case .evaluation: key.append(0xFD)
    case .source: key.append(0xFE)
    case .defer: key.append(0xFF)
    }
    for attribute in request.attributes {
      key += attribute.key.utf8
      key.append(0xFF)
      key += attribute.value.utf8
      key.append(0xFF)
    }
    return key
  }
}
