"""keikaku (計画): goal-management sheets of Japanese municipalities as typed, traceable records."""
