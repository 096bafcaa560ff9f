import './main.css';

document.body.textContent = 'hi';
