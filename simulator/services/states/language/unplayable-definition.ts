/** Says in one line what is wrong with the definition of a state machine, or what of it the simulator does not play. Guess: the words, also where AWS would refuse it. */
export class UnplayableDefinition extends Error {}
