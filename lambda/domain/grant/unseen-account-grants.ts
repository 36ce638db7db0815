/** Why the grants of single accounts below a grant to an organization or organizational unit are out of sight, and what to do if they are needed. */
export const UNSEEN = {
  NOT_PERMITTED: {
    why: 'this account may not list the account grants of the organization',
    cure: 'deploy in the management account of the organization, or leave out `except`, `only` and ConflictHandling.FAIL',
  },
  NOT_SHOWN: {
    why: 'License Manager lists account grants of this name and does not say which organization\'s grant they belong to',
    cure: 'leave out `except`, `only` and ConflictHandling.FAIL, and activate or deactivate single accounts in License Manager',
  },
} as const;
