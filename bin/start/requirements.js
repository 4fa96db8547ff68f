const OLDEST_NODE = [20, 19];

/** What is wrong with this Node.js, if anything; package.json says the same to npm. */
export function nodeProblem() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  return isOld ? `Node.js ${OLDEST_NODE.join(".")} or newer (this is ${process.versions.node})` : undefined;
}
