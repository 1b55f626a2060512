import express from 'express';

const token = process.env['SHOP_TOKEN'];
const products = Array.from({ length: 100 }, (_, id) => ({ id, name: `product ${id}` }));
let orders = 0;

const app = express();
app.use(express.json());
app.use((request, response, next) => {
  if (request.get('authorization') === `Bearer ${token}`) next();
  else response.status(401).json({ error: 'no valid token' });
});
app.get('/products', (_request, response) => response.json(products));
app.get('/products/:id', (request, response) => response.json(products[request.params.id]));
app.get('/orders/latest', (_request, response) => response.json({ order: orders }));
app.post('/orders', (request, response) => {
  if (!products[request.body?.product]) return response.status(422).json({ error: 'no product' });
  orders += 1;
  return response.status(201).json({ order: orders });
});
app.post('/search', (request, response) => {
  const { word } = request.body;
  response.json({ found: products.filter(({ name }) => name.includes(word)) });
});
app.listen(Number(process.env['PORT']), process.env['HOST']);
