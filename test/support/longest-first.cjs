const { default: Sequencer } = require('@jest/test-sequencer');

/** Where the tests are that take the longest, as a clean clone does not know; the size of their files says nothing about it. */
const LONGEST = [/\/test\/lambda\/grant-table\//, /\/test\/scenarios\//, /\/test\/bin\//, /\/test\/lambda\/handlers\//];

/** Begins with the tests that take the longest: the last one to begin would otherwise be alone on one of several processors. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests)
      .map((test, position) => ({ test, position, rank: rankOf(test) }))
      .sort((one, other) => one.rank - other.rank || one.position - other.position)
      .map(({ test }) => test);
  }
};

function rankOf({ path }) {
  const rank = LONGEST.findIndex((place) => place.test(path));
  return rank === -1 ? LONGEST.length : rank;
}
