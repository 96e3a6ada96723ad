(bytes) => typeof ArrayBuffer.prototype.transferToImmutable === "function"
  ? new Uint8Array(bytes.buffer.transferToImmutable()) : bytes
