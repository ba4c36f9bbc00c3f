/** What may be said of a new invite, for each way of creating one. */
export const NEW_INVITE = [
	'name',
	'email',
	'externalId',
	'golden',
	'registerInterest',
	'maxBookings',
	'tags',
] as const;

/** What can be changed later (artsvp.md, "Update an invite"). */
export const CHANGEABLE = [
	'externalId',
	'golden',
	'registerInterest',
	'maxBookings',
	'tags',
] as const;
