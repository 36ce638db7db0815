/** Says in one line what is wrong with the definition of a state machine, or what of it the simulator does not play. */
export class UnplayableDefinition extends Error {}
