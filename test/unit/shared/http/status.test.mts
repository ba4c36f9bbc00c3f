/** Classes of HTTP status codes. */
import { expect, test } from '@jest/globals';

import {
	isClientError,
	isError,
	isRedirect,
	isServerError,
	isSuccess,
} from '../../../../nodes/shared/http/status.ts';

test.each([
	[200, ['success']],
	[204, ['success']],
	[299, ['success']],
	[301, ['redirect']],
	[304, []],
	[308, ['redirect']],
	[399, []],
	[400, ['error', 'client']],
	[499, ['error', 'client']],
	[500, ['error', 'server']],
	[503, ['error', 'server']],
])('%i is %j', (status, classes) => {
	const found = {
		success: isSuccess(status),
		redirect: isRedirect(status),
		error: isError(status),
		client: isClientError(status),
		server: isServerError(status),
	};
	expect(Object.entries(found).flatMap(([name, is]) => (is ? [name] : []))).toEqual(classes);
});
