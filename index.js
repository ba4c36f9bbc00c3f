// Entry for people who load the pack by hand: its node and credential classes by name.
// n8n itself reads the `n8n` section of package.json, from which these lists are made. A class is loaded on first use.

const { n8n } = require('./package.json');

/** The classes of compiled files such as `dist/nodes/InEvent/InEvent.node.js`: each carries its file's name. */
function lazyClasses(files) {
	const classes = {};
	for (const file of files) {
		const name = file.split('/').pop().split('.')[0];
		Object.defineProperty(classes, name, {
			enumerable: true,
			get: () => require(`./${file}`)[name],
		});
	}
	return classes;
}

exports.nodes = lazyClasses(n8n.nodes);
exports.credentials = lazyClasses(n8n.credentials);
